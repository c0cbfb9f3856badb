// A new emergency makes itself heard: two short tones (the reader can switch them off) and the number in the title.
const title = document.title;
let known = null;

const tone = (audio, at) => {
  const wave = audio.createOscillator();
  const gain = audio.createGain();
  wave.frequency.value = 880;
  gain.gain.setValueAtTime(0.15, at);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
  wave.connect(gain).connect(audio.destination);
  wave.start(at);
  wave.stop(at + 0.25);
};

const ring = () => {
  if (document.documentElement.dataset.sound === "off" || !window.AudioContext) return;
  const audio = new AudioContext();
  [0, 0.3].forEach((after) => tone(audio, audio.currentTime + after));
  document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1);
};

const look = () => {
  const now = new Set([...document.querySelectorAll("#urgent a")].map((a) => a.getAttribute("href")));
  document.title = now.size ? `(${now.size}) ${title}` : title;
  if (known && [...now].some((one) => !known.has(one))) ring();
  known = now;
};

export const startAlarm = () => {
  if (!document.getElementById("urgent")) return;
  look();
  document.addEventListener("htmx:after:swap", look);
};
