// The board: a card that is dropped on a column, or moved there by Shift and an arrow, opens the step that leads there.

const board = () => document.querySelector("[data-kanban]");
const columns = () => [...board().querySelectorAll("[data-column]")];
const cards = (column) => [...column.querySelectorAll("[data-row]")];
const ways = (card) => new Map(card.dataset.moves.split(" ").filter(Boolean).map((way) => [way.slice(0, way.indexOf("=")), way.slice(way.indexOf("=") + 1)]));
const step = (url) => window.htmx.ajax("GET", url, { target: "#box", source: "#box" });

const choose = (card) => {
  if (!card) return;
  board().querySelector("[aria-current]")?.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  card.querySelector("a").focus({ preventScroll: true });
};

const chosen = () => board().querySelector("[aria-current]");

const beside = (card, by) => {
  const all = columns().filter((column) => cards(column).length);
  const at = all.findIndex((column) => column.contains(card));
  const to = all[at + by];
  return to && (cards(to)[cards(all[at]).indexOf(card)] ?? cards(to).at(-1));
};

// The nearest column on that side to which this card may go.
const move = (card, by) => {
  const all = columns();
  const open = ways(card);
  for (let at = all.findIndex((column) => column.contains(card)) + by; all[at]; at += by) {
    const url = open.get(all[at].dataset.column);
    if (url) { step(url); return; }
  }
};

const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const onKey = (e) => {
  const card = chosen();
  if (!card || !(e.key in arrows) || document.querySelector("dialog[open]") || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  const [down, right] = arrows[e.key];
  e.preventDefault();
  if (e.shiftKey && right) move(card, right);
  else if (right) choose(beside(card, right));
  else { const all = cards(card.closest("[data-column]")); choose(all[all.indexOf(card) + down]); }
};

const onDrag = () => {
  let card = null;
  const end = () => { card = null; delete board().dataset.dragging; for (const one of columns()) delete one.dataset.open; };
  document.addEventListener("dragstart", (e) => {
    card = e.target.closest("[data-kanban] [data-row]");
    if (!card) return;
    choose(card);
    const open = ways(card);
    board().dataset.dragging = "";
    for (const one of columns()) if (open.has(one.dataset.column) || one.contains(card)) one.dataset.open = "";
  });
  document.addEventListener("dragover", (e) => { if (card && e.target.closest("[data-open]")) e.preventDefault(); });
  document.addEventListener("drop", (e) => {
    const url = card && ways(card).get(e.target.closest("[data-column]")?.dataset.column);
    if (url) { e.preventDefault(); step(url); }
    end();
  });
  document.addEventListener("dragend", end);
  document.addEventListener("htmx:before:request", (e) => { if (card && e.detail.ctx.sourceElement === board()) e.preventDefault(); });
};

if (board()) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (e) => { const card = e.target.closest("[data-kanban] [data-row]"); if (card && !e.target.closest("a")) choose(card); });
  onDrag();
}
