// The phone without a signal: what was pressed waits in the outbox and shows at its job; a strip says so and never
// stands in the way. Without this the same forms work as long as there is a signal.
import { refresh, wipe } from "./copies.js";
import { drop, entry, flush, mine, put } from "./outbox.js";

const box = document.getElementById("outbox");
const strip = document.getElementById("away");
const isCopy = "copy" in document.documentElement.dataset;
const after = { take: ["start", "begin"], start: ["finish"], begin: ["finish"], resume: ["finish"] };
let lost = isCopy;

const line = (one) => {
  const row = box.querySelector("template").content.cloneNode(true).firstElementChild;
  const held = one.state === "waiting" && one.hold > Date.now();
  row.querySelector("b").textContent = one.title;
  const at = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(one.at));
  const words = one.fields.filter(([name, value]) => typeof value === "string" && /^(did|text|why|what)$/.test(name)).map(([, value]) => value);
  const waits = document.getElementById("waiting-words").innerHTML;
  row.querySelector(".sm").textContent = [`${one.no} ${at}`, one.words ?? waits, ...words].filter(Boolean).join("　");
  const [again, gone] = row.querySelectorAll("button");
  again.hidden = !held && one.state === "waiting" && navigator.onLine && !lost;
  if (held) again.textContent = again.dataset.again;
  again.onclick = async () => { await put({ ...one, state: "back" }); location.assign(one.url); };
  gone.hidden = one.state === "waiting";
  gone.onclick = async () => {
    if (!gone.dataset.asked) { gone.dataset.asked = "1"; gone.textContent = gone.dataset.drop; return; }
    await drop(one.n);
    show();
  };
  row.toggleAttribute("data-refused", one.state === "refused");
  return row;
};

// The big button goes on to what follows the last thing that was done here.
const goOn = (waiting) => {
  const act = document.getElementById("act");
  const last = waiting.filter((one) => one.step in after || one.next !== location.pathname).at(-1);
  if (!act || !last || act.dataset.shown === String(last.n)) return;
  act.dataset.shown = last.n;
  const found = (after[last.step] ?? []).map((step) => document.querySelector(`[data-go-to="${step}"]`)).find(Boolean);
  const go = act.querySelector(".go-btn, .act-words");
  const end = Object.assign(document.createElement("p"), { className: "act-words", textContent: `${last.title}　${document.getElementById("waiting-words").innerHTML}` });
  (go.closest("form") ?? go).replaceWith(found ? found.content.cloneNode(true) : end);
};

const show = async () => {
  const all = await mine();
  const { no } = box.dataset;
  const here = all.filter((one) => one.state !== "back" && (!no || one.no === no));
  const waiting = all.filter((one) => one.state === "waiting");
  const held = here.filter((one) => one.hold > Date.now()).length;
  const mark = JSON.stringify([held, lost, navigator.onLine, ...here.map(({ n, state }) => [n, state])]);
  if (box.dataset.shown !== mark) box.querySelector("ul").replaceChildren(...here.map(line));
  box.dataset.shown = mark;
  box.hidden = !here.length || Boolean(document.getElementById("step"));
  const count = strip.querySelector("b");
  count.textContent = waiting.length ? count.dataset.count.replace("{n}", waiting.length) : "";
  strip.hidden = navigator.onLine && !lost;
  for (const card of document.querySelectorAll("[data-job]")) {
    const titles = waiting.filter((one) => one.no === card.dataset.job).map((one) => one.title);
    card.toggleAttribute("data-waiting", titles.length > 0);
    card.dataset.waiting = titles.join("　");
  }
  if (no) goOn(waiting.filter((one) => one.no === no));
};

// Sends what waits; whoever is not writing sees at once what became of it.
const sync = async () => {
  const before = (await mine()).filter((one) => one.state === "waiting").length;
  if (before) {
    const said = await flush();
    const left = (await mine()).filter((one) => one.state === "waiting" && one.hold <= Date.now()).length;
    lost = left > 0 || (isCopy && !said.size);
    if (said.size && !document.getElementById("step")) return location.reload();
  }
  return show();
};

const wait = (answers, ms) => Promise.race([answers, new Promise((done) => setTimeout(done, ms))]);

const take = async (form, button) => {
  const before = (await mine()).find((one) => one.state === "back" && one.url === new URL(form.action, location).pathname);
  const one = entry(form, before?.n);
  one.n = await put(one);
  const pictures = one.fields.some(([, value]) => value instanceof Blob);
  const said = one.hold ? null : await wait(flush(), pictures ? 20000 : 5000);
  const answer = said?.get(one.n);
  if (!answer?.words) return location.assign(answer?.done ?? one.next);
  await drop(one.n); // the ordinary way says at the field what is wrong
  form.loud = true;
  return form.requestSubmit(button);
};

const shrinking = (form) => [...form.querySelectorAll("[data-photos]")].some((photos) => photos.busy);

const stop = (e) => { e.preventDefault(); e.stopImmediatePropagation(); };

const leave = async (form) => {
  await wait(flush(), 5000);
  if ((await mine()).length) {
    const words = Object.assign(document.createElement("div"), { className: "notice notice-red", textContent: box.dataset.unsent });
    document.getElementById("notices").replaceChildren(words);
    return show();
  }
  await wipe();
  sessionStorage.clear();
  form.loud = true;
  return form.requestSubmit();
};

const pressed = (e) => {
  const form = e.target;
  if (form.loud) return;
  const go = document.querySelector("[data-go]");
  if ("logout" in form.dataset) { stop(e); leave(form); return; }
  if (!("step" in form.dataset)) {
    if (navigator.onLine || form.method !== "post") return;
    stop(e);
    document.getElementById("notices").replaceChildren(document.getElementById("not-saved").content.cloneNode(true));
    return;
  }
  if (shrinking(form) || go?.hasAttribute("data-missing")) return;
  stop(e);
  if (form.taken) return;
  form.taken = true;
  take(form, e.submitter).catch(() => { form.loud = true; form.requestSubmit(e.submitter); });
};

// What came back from the outbox stands in the form again, pictures too.
const restore = async () => {
  const form = document.querySelector("form[data-step]#step");
  const one = form && (await mine()).find((kept) => kept.state === "back" && kept.url === new URL(form.action, location).pathname);
  if (!one) return;
  const bag = new DataTransfer();
  for (const [name, value] of one.fields) {
    if (value instanceof Blob) bag.items.add(new File([value], value.name, { type: value.type, lastModified: value.lastModified }));
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (/^(radio|checkbox)$/.test(field.type)) field.checked ||= field.value === value;
      else if (field.type !== "file") field.value = value;
    }
  }
  const input = form.querySelector('input[type="file"]');
  if (!input || !bag.files.length) return;
  input.files = bag.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

export const startAway = async () => {
  if (!box) return;
  addEventListener("submit", pressed, true);
  await show();
  await restore();
  addEventListener("online", () => { lost = false; sync(); });
  addEventListener("offline", show);
  setInterval(sync, 5000);
  await sync();
  if (!await refresh(box.dataset) || !isCopy) return;
  lost = false; // the page came from the phone, but there is a signal
  await show();
  window.htmx.trigger(document.getElementById("live"), "ticket", {}, false);
};
