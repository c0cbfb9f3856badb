// The month grid: arrows move between cells, dragging draws over many of them, a brush's key pressed twice (Z Z for 早)
// paints, X clears, Ctrl C and Ctrl V copy a week. Without this each cell is a button. The page comes again after each
// change: where one was and with which brush is kept for it.
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

const brushes = () => [...document.querySelectorAll("[data-brush] input")];
const brush = (code) => brushes().find((one) => one.value === code);

const keep = (cell) => {
  sessionStorage.setItem("roster", JSON.stringify([cell.value, brushes().find((one) => one.checked)?.value ?? ""]));
};

const back = (form) => {
  const [value, code] = JSON.parse(sessionStorage.getItem("roster") ?? "[]");
  sessionStorage.removeItem("roster");
  const cell = [...form.querySelectorAll('button[name="cell"]')].find((one) => one.value === value);
  if (!cell) return;
  if (brush(code)) brush(code).checked = true;
  form.querySelector('button[name="cell"][tabindex="0"]').tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
};

const send = (form, values) => {
  form.append(...values.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "cell", value })));
  form.requestSubmit();
};

const paint = (cell, code) => {
  brush(code).checked = true;
  cell.click();
};

// The week from Monday to Sunday that holds the cell, as far as this month has it.
const week = (form, cell) => {
  const row = rowsOf(form).find((one) => one.contains(cell));
  const day = (one) => new Date(`${one.value.split(":")[2]}T00:00Z`);
  const first = new Date(day(cell));
  first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7));
  return cells(row).map((one) => [Math.round((day(one) - first) / 86_400_000), one]).filter(([at]) => at >= 0 && at < 7);
};

const copy = (form, cell) => {
  const codes = week(form, cell).map(([at, one]) => [at, one.textContent.trim() === "·" ? "" : one.textContent.trim()]);
  sessionStorage.setItem("week", JSON.stringify(codes.filter(([, code]) => code === "" || brush(code))));
};

const paste = (form, cell) => {
  const codes = new Map(JSON.parse(sessionStorage.getItem("week") ?? "[]"));
  const values = week(form, cell).filter(([at]) => codes.has(at)).map(([at, one]) => `${one.value}:${codes.get(at)}`);
  if (values.length) { keep(cell); send(form, values); }
};

// True when the key was one of the grid's own.
const typed = (form, cell, e) => {
  if (e.ctrlKey || e.metaKey) {
    if (e.code === "KeyC" && getSelection().isCollapsed) copy(form, cell);
    else if (e.code === "KeyV") paste(form, cell);
    else return false;
    return true;
  }
  if (e.altKey || e.isComposing) return false;
  if (["Delete", "Backspace", "KeyX"].includes(e.code)) { paint(cell, ""); return true; }
  const name = e.code === "KeyZ" ? "早" : brushes().find((one) => `Digit${one.dataset.key}` === e.code)?.value;
  const chosen = name === undefined ? null : brush(name);
  if (!chosen) return false;
  if (chosen.checked) paint(cell, name);
  chosen.checked = true;
  return true;
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
    if (drawn && drawn.size > 1) { keep([...drawn].pop()); send(form, [...drawn].map((cell) => cell.value)); }
    drawn = null;
  });
};

const start = (form) => {
  draw(form);
  back(form);
  form.addEventListener("click", (e) => {
    const cell = e.target.closest('button[name="cell"]');
    if (cell) keep(cell);
  });
  form.addEventListener("keydown", (e) => {
    const cell = e.target.closest('button[name="cell"]');
    if (!cell) return;
    if (e.key in moves) go(form, cell, ...moves[e.key]);
    else if (!typed(form, cell, e)) return;
    e.preventDefault();
    e.stopPropagation();
  });
};

const month = document.querySelector("form[data-paint]");
if (month) start(month);
