// A voice note: press and hold, or tap to start and tap to stop (nobody is asked to hold a button for a minute).
// Without a microphone there is no button, and the words are written.
const longest = 60000;
const held = 500;
const kinds = ["audio/mp4", "audio/webm"];

const parts = (box) => {
  const [press, drop] = box.querySelectorAll("button");
  return { press, drop, say: press.querySelector("span"), play: box.querySelector("audio"), input: box.querySelector("input") };
};

const put = (box, file) => {
  const { drop, play, input } = parts(box);
  const bag = new DataTransfer();
  if (file) bag.items.add(file);
  input.files = bag.files;
  URL.revokeObjectURL(play.src);
  if (file) play.src = URL.createObjectURL(file);
  play.hidden = drop.hidden = !file;
};

const record = async (box) => {
  const { press, say } = parts(box);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = kinds.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
  const begun = Date.now();
  const heard = [];
  const tick = setInterval(() => { say.textContent = box.dataset.stop.replace("{s}", Math.round((Date.now() - begun) / 1000)); }, 200);
  const end = setTimeout(() => recorder.stop(), longest);
  recorder.ondataavailable = (e) => heard.push(e.data);
  recorder.onstop = () => {
    clearInterval(tick);
    clearTimeout(end);
    stream.getTracks().forEach((track) => track.stop());
    press.removeAttribute("aria-pressed");
    say.textContent = box.dataset.start;
    box.recorder = null;
    put(box, new File(heard, `voice.${type.split("/")[1]}`, { type }));
    box.dispatchEvent(new Event("voice:ready"));
  };
  press.setAttribute("aria-pressed", "true");
  recorder.start();
  box.recorder = recorder;
};

const toggle = (box) => {
  if (box.recorder) { box.recorder.stop(); return; }
  if (box.asking) return;
  box.asking = true;
  record(box).catch(() => { parts(box).say.textContent = box.dataset.none; }).finally(() => { box.asking = false; });
};

const listen = (box) => {
  const { press, drop } = parts(box);
  let since = 0;
  press.addEventListener("pointerdown", () => { since = box.recorder ? 0 : Date.now(); toggle(box); });
  for (const up of ["pointerup", "pointercancel"]) {
    press.addEventListener(up, () => { if (since && Date.now() - since > held && box.recorder) toggle(box); since = 0; });
  }
  press.addEventListener("click", (e) => { if (e.detail === 0) toggle(box); }); // by keyboard
  press.addEventListener("contextmenu", (e) => e.preventDefault());
  drop.addEventListener("click", () => put(box, null));
};

export const startVoice = async () => {
  const boxes = document.querySelectorAll("[data-voice]");
  if (!boxes.length || !navigator.mediaDevices || !("MediaRecorder" in window)) return;
  const found = await navigator.mediaDevices.enumerateDevices();
  if (!found.some((one) => one.kind === "audioinput")) return;
  boxes.forEach((box) => { box.hidden = false; listen(box); });
  // sent in the middle of a word: the word is finished first, before anybody else hears of it
  window.addEventListener("submit", (e) => {
    const box = [...e.target.querySelectorAll("[data-voice]")].find((one) => one.recorder);
    if (!box) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    box.addEventListener("voice:ready", () => e.target.requestSubmit(e.submitter), { once: true });
    box.recorder.stop();
  }, true);
};
