// Shortcuts: markup says data-key="a" on a control, data-rows on a list. Physical keys, so a Chinese IME cannot eat them.
const typing = (el) => el && (el.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(radio|checkbox|button|submit)$/.test(el.type)));
// What stands in a closed menu has no box of its own, and its key works all the same.
const shown = (el) => (el.closest("details.menu") ?? el).getClientRects().length > 0;

const spell = (e) => {
  const name = e.code === "Slash" ? (e.shiftKey ? "?" : "/") : e.code.replace(/^Key|^Digit/, "").toLowerCase();
  return [e.ctrlKey || e.metaKey ? "ctrl" : "", e.altKey ? "alt" : "", name].filter(Boolean).join("+");
};

// The chosen row is told to the page as an event "pick", so that a peek panel can follow.
export const pick = (row) => {
  for (const other of row.closest("[data-rows]").querySelectorAll("[data-row]")) {
    other.setAttribute("aria-selected", String(other === row));
  }
  row.dispatchEvent(new CustomEvent("pick", { bubbles: true }));
};

const step = (by) => {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")].filter(shown);
  const at = rows.findIndex((r) => r.getAttribute("aria-selected") === "true");
  const to = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  if (!to) return;
  pick(to);
  to.scrollIntoView({ block: "nearest" });
  to.querySelector("a")?.focus({ preventScroll: true });
};

const moves = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };

const press = (el) => {
  const field = el.matches("input, textarea, select") && !el.dataset.opens && !/^(radio|checkbox)$/.test(el.type);
  field ? el.focus() : el.click();
  document.getElementById(el.dataset.then)?.focus(); // a face of the composer leads into its words
};

export const startKeys = () => {
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || !e.code) return;
    const chord = spell(e);
    const letter = !/ctrl|alt|^f\d/.test(chord);
    if (chord === "ctrl+z" && typing(document.activeElement)) return;
    if (letter && (typing(document.activeElement) || document.documentElement.dataset.letters === "off")) return;
    const box = document.querySelector("dialog[open]");
    if (!box && chord in moves && document.querySelector("[data-rows]")) { e.preventDefault(); step(moves[chord]); return; }
    const target = [...(box ?? document).querySelectorAll("[data-key]")].find((el) => el.dataset.key === chord && shown(el));
    if (!target) return;
    e.preventDefault();
    press(target);
  });
  document.addEventListener("click", (e) => {
    const row = e.target.closest("[data-rows] [data-row]");
    if (row && !e.target.closest("a, button, input, label")) pick(row);
  });
};
