// Native dialogs, opened and closed by data attributes; a box filled by htmx opens by itself.
const open = (box) => { if (box && !box.open) box.showModal(); };

export const startBoxes = () => {
  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-opens]");
    const box = opener && document.getElementById(opener.dataset.opens);
    if (box) { e.preventDefault(); open(box); }
    if (e.target.closest("[data-closes]")) e.target.closest("dialog")?.close();
    e.target.closest("[data-dismiss]")?.closest(".notice")?.remove();
  });
  document.addEventListener("htmx:after:swap", (e) => {
    const { target } = e.detail.ctx;
    const box = target instanceof Element ? target : document.querySelector(target);
    if (box?.matches("dialog") && box.childElementCount) open(box);
  });
};
