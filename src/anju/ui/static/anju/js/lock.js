// The screen of a shared PC: covered at once by key, or when nobody has touched it for a while. What was typed stays in
// the page; the server gives nothing until the password is right. All tabs of the browser lock and unlock together.
const box = document.getElementById("lock");
const root = document.documentElement;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("anju-lock") : { postMessage() {} };
const every = 5000;
let touched = Date.now();
let told = 0;
let title = "";

const cover = () => {
  if (root.hasAttribute("data-locked")) return;
  title = document.title;
  document.title = box.dataset.title;
  root.setAttribute("data-locked", "");
  box.showModal();
  box.querySelector("#lock-proof").focus();
};

const uncover = () => {
  if (!root.hasAttribute("data-locked")) return;
  root.removeAttribute("data-locked");
  document.title = title;
  touched = Date.now();
  box.querySelector("form").reset();
  say("");
  box.close();
  document.dispatchEvent(new Event("unlocked"));
};

const say = (words) => {
  const line = box.querySelector(".error");
  line.textContent = words;
  line.hidden = !words;
};

const send = (form, url) => fetch(url, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });

const lock = (form) => {
  cover();
  tabs.postMessage("locked");
  const sent = () => send(form, form.action).catch(() => { if (root.hasAttribute("data-locked")) setTimeout(sent, every); });
  sent();
};

const unlock = async (form) => {
  try {
    const answer = await send(form, form.action);
    if (answer.status === 401) return location.reload();
    if (answer.ok) { tabs.postMessage("unlocked"); return uncover(); }
    say(await answer.text());
  } catch {
    say(box.dataset.lost);
  }
  box.querySelector("#lock-proof").select();
};

export const startLock = () => {
  if (!box) return;
  const locker = document.querySelector("form[data-lock]");
  const minutes = Number(box.dataset.minutes);
  const touch = () => {
    touched = Date.now();
    if (touched > told + every) { told = touched; tabs.postMessage("touched"); }
  };
  for (const name of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(name, touch, { passive: true });
  tabs.onmessage = (e) => {
    if (e.data === "locked") cover();
    else if (e.data === "unlocked") uncover();
    else touched = Date.now();
  };
  locker.addEventListener("submit", (e) => { e.preventDefault(); lock(locker); });
  box.querySelector("form").addEventListener("submit", (e) => { e.preventDefault(); unlock(e.target); });
  box.addEventListener("close", () => { if (root.hasAttribute("data-locked")) box.showModal(); });
  document.addEventListener("locked", cover); // the server has answered 423
  if (minutes) setInterval(() => { if (!root.hasAttribute("data-locked") && Date.now() - touched > minutes * 60000) lock(locker); }, every);
};
