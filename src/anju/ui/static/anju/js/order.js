// A list that is refreshed under the eyes: rows keep their order until the reader asks, changed rows are tinted.
// Markup: <div id="queue" data-order hx-get="…" hx-trigger="queue from:#live, apply" hx-swap="outerMorph">,
// rows <tr id="r7" data-row="7" data-rev="12">, the pill <button data-apply="#queue">.
const patience = 20;
let idle = 0;

const rows = (list) => [...list.querySelectorAll("[data-row]")];
const revs = (list) => new Map(rows(list).map((row) => [row.dataset.row, row.dataset.rev]));
const listOf = (ctx) => (ctx.sourceElement.matches?.("[data-order]") ? ctx.sourceElement : null);
const apply = (pill) => { idle = 0; window.htmx.trigger(pill.dataset.apply, "apply"); };

const keepOrder = (e) => {
  const { ctx } = e.detail;
  const list = listOf(ctx);
  if (!list || ctx.sourceEvent.type === "apply") return;
  ctx.request.body.set("order", rows(list).map((row) => row.dataset.row).join(","));
};

const tint = (list, before) => {
  for (const row of rows(list)) {
    const old = before.get(row.dataset.row);
    if (old === undefined || old === row.dataset.rev) continue;
    row.dataset.changed = "";
    setTimeout(() => delete row.dataset.changed, 2000);
  }
};

const watchPill = () => {
  const pill = document.querySelector("[data-apply]:not([hidden])");
  const list = pill && document.querySelector(pill.dataset.apply);
  if (!list || list.matches(":hover, :focus-within")) { idle = 0; return; }
  idle += 1;
  if (idle >= patience) apply(pill);
};

// A strip that appears above the list makes its box smaller; the rows stay where they are on the screen.
const edge = (list) => list?.closest(".queue-list")?.getBoundingClientRect().top;

export const startOrder = () => {
  let before = null;
  let top;
  document.addEventListener("htmx:config:request", keepOrder);
  document.addEventListener("htmx:before:swap", (e) => { const list = listOf(e.detail.ctx); before = list && revs(list); top = edge(list); });
  document.addEventListener("htmx:after:swap", (e) => {
    const list = listOf(e.detail.ctx);
    if (!list || !before) return;
    tint(list, before);
    list.closest(".queue-list").scrollTop += edge(list) - top;
  });
  document.addEventListener("click", (e) => { const pill = e.target.closest("[data-apply]"); if (pill) apply(pill); });
  setInterval(watchPill, 1000);
};
