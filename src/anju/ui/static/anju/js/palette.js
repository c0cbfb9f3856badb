// Ctrl K: what may be done now. It opens over the page, asks the server while one types, and leaves one where one was.
const box = () => document.getElementById("palette");
const options = () => [...box().querySelectorAll("[data-found]")];

// The ticket in hand: the chosen row of a list or board, else the page itself.
const inHand = () => document.querySelector('[data-row][aria-selected="true"] a, [data-row][aria-current] a')?.getAttribute("href") ?? location.pathname + location.search;

const choose = (by) => {
  const all = options();
  const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const to = all[(at + by + all.length) % all.length];
  for (const one of all) one.setAttribute("aria-selected", String(one === to));
  to?.scrollIntoView({ block: "nearest" });
};

const moves = { ArrowDown: 1, ArrowUp: -1 };

export const startPalette = () => {
  const palette = box();
  if (!palette) return;
  const field = palette.querySelector("input[name=q]");
  document.addEventListener("click", (e) => {
    if (e.target.closest('[data-opens="palette"]')) {
      palette.querySelector("[name=on]").value = inHand();
      field.select();
      window.htmx.trigger(field, "opened", {}, false);
    }
    if (e.target.closest("#palette a")) palette.close();
  });
  field.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.key in moves) { e.preventDefault(); choose(moves[e.key]); }
    if (e.key === "Enter") { e.preventDefault(); palette.querySelector('[aria-selected="true"] a')?.click(); }
  });
};
