// Native dialogs, opened and closed by data attributes; a box filled by htmx opens by itself.
const first = ".errors, input[type=radio]:checked, input:not([type=hidden]), textarea, select, .btn-main";
const open = (box) => {
  if (!box || box.open) return;
  box.showModal();
  (box.querySelector("[autofocus]") ?? box.querySelector(first))?.focus();
};

// A row that is shown and hidden; its first field gets the cursor.
const unfold = (toggle, row) => {
  row.hidden = !row.hidden;
  toggle.setAttribute("aria-expanded", String(!row.hidden));
  if (!row.hidden) row.querySelector("select, input:not([type=hidden])")?.focus();
};

export const startBoxes = () => {
  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-opens]");
    const box = opener && document.getElementById(opener.dataset.opens);
    if (box) { e.preventDefault(); open(box); }
    const closer = e.target.closest("[data-closes]");
    const around = closer?.closest("dialog");
    if (around) { e.preventDefault(); around.close(); }
    const toggle = e.target.closest("[data-toggles]");
    if (toggle) unfold(toggle, document.getElementById(toggle.dataset.toggles));
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
    e.target.closest("[data-dismiss]")?.closest(".notice")?.remove();
  });
  for (const list of document.querySelectorAll("[data-newest]")) list.scrollTop = list.scrollHeight;
  document.addEventListener("htmx:after:swap", (e) => {
    const { target } = e.detail.ctx;
    const box = target instanceof Element ? target : document.querySelector(target);
    if (box?.matches("dialog") && box.childElementCount) open(box);
  });
};
