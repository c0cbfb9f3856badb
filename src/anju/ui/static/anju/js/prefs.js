// Reader's choices: applied at once, kept in a cookie, rendered on <html> by the server from then on.
const year = 365 * 24 * 3600;

const keep = (name, value) => {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `anju_${name}=${value}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
};

// data-pref="text=elder/normal": the choice, and what it goes back to.
const parts = (el) => {
  const [name, values] = el.dataset.pref.split("=");
  const [on, off] = values.split("/");
  return { name, on, off };
};

const show = (el) => {
  const { name, on } = parts(el);
  if (el.matches("button")) el.setAttribute("aria-pressed", String(document.documentElement.dataset[name] === on));
};

export const startPrefs = () => {
  const all = () => document.querySelectorAll("[data-pref]").forEach(show);
  document.addEventListener("click", (e) => {
    const el = e.target.closest("[data-pref]");
    if (!el) return;
    e.preventDefault();
    const { name, on, off } = parts(el);
    const root = document.documentElement;
    const value = root.dataset[name] === on ? off : on;
    root.dataset[name] = value;
    keep(name, value);
    all();
  });
  all();
};
