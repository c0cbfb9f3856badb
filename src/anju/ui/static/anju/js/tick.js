// Rows ticked for one step on many: by mouse, by X, a run of them with Shift. Kept by id, so news do not untick them.
const ticked = new Set();
let last = null;
let shift = false;

const boxes = () => [...document.querySelectorAll("[data-rows] [data-tick]")];

const show = () => {
  const here = new Set(boxes().map((box) => box.value));
  for (const id of ticked) if (!here.has(id)) ticked.delete(id);
  for (const box of boxes()) box.checked = ticked.has(box.value);
  const bar = document.getElementById("ticked");
  bar.hidden = !ticked.size;
  bar.querySelector("b").textContent = ticked.size;
  bar.querySelector("a").href = bar.dataset.to + [...ticked].join(",");
};

const set = (box, on) => {
  const all = boxes();
  const [from, to] = [all.findIndex((one) => one.value === last), all.indexOf(box)].sort((a, b) => a - b);
  const run = shift && from >= 0 ? all.slice(from, to + 1) : [box];
  for (const one of run) ticked[on ? "add" : "delete"](one.value);
  last = box.value;
  show();
};

addEventListener("keydown", (e) => { shift = e.shiftKey; }, true);
document.addEventListener("click", (e) => {
  shift = e.isTrusted ? e.shiftKey : shift;
  if (e.target.matches("[data-tick]")) set(e.target, e.target.checked);
  const chosen = e.target.closest("[data-ticks]") && document.querySelector("[data-row][aria-selected=true] [data-tick]");
  if (chosen) set(chosen, !ticked.has(chosen.value));
  if (e.target.closest("[data-unticks]")) { ticked.clear(); show(); }
});
document.addEventListener("htmx:after:swap", show);
show();
