// The month grid: arrows move between cells, dragging draws over many of them. Without this each cell is a button.
const cells = (row) => [...row.querySelectorAll('button[name="cell"]')];
const rowsOf = (form) => [...form.querySelectorAll("tr")].filter((row) => cells(row).length);

const go = (form, from, down, right) => {
  const rows = rowsOf(form);
  const at = rows.findIndex((row) => row.contains(from));
  const row = rows[Math.min(rows.length - 1, Math.max(0, at + down))];
  const here = cells(row);
  const column = cells(rows[at]).indexOf(from) + right;
  const to = here[Math.min(here.length - 1, Math.max(0, column))];
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
};

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const send = (form, drawn) => {
  const more = [...drawn].map((cell) => Object.assign(document.createElement("input"), { type: "hidden", name: "cell", value: cell.value }));
  form.append(...more);
  form.requestSubmit();
};

const draw = (form) => {
  let drawn = null;
  const over = (e) => {
    const cell = e.target.closest?.('button[name="cell"]');
    if (!drawn || !cell || !(e.buttons & 1)) return;
    drawn.add(cell);
    if (drawn.size > 1) drawn.forEach((one) => one.closest("td").classList.add("brushed"));
  };
  form.addEventListener("pointerdown", (e) => {
    const cell = e.target.closest('button[name="cell"]');
    drawn = cell && e.pointerType === "mouse" && e.button === 0 ? new Set([cell]) : null;
  });
  form.addEventListener("pointerover", over);
  document.addEventListener("pointerup", () => {
    if (drawn && drawn.size > 1) send(form, drawn);
    drawn = null;
  });
};

const start = (form) => {
  draw(form);
  form.addEventListener("keydown", (e) => {
    const cell = e.target.closest('button[name="cell"]');
    if (!cell) return;
    if (e.key in moves) { e.preventDefault(); e.stopPropagation(); go(form, cell, ...moves[e.key]); }
    if (e.key === "Delete" || e.key === "Backspace") {
      e.preventDefault();
      document.querySelector('[data-brush] input[value=""]').checked = true;
      cell.click();
    }
  });
};

const month = document.querySelector("form[data-paint]");
if (month) start(month);
