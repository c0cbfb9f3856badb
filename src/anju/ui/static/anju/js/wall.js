// A screen nobody sits at: the time, a mark when what it shows is old, and four pixels to and fro against burn-in.
import { hm, now, startClocks } from "./clock.js";
import { startLive } from "./live.js";

const old = 150000; // two looks that failed
const step = 600000;
const root = document.documentElement;

const put = (el, text) => { if (el.textContent !== text) el.textContent = text; };

const tick = () => {
  const main = document.getElementById("main");
  const stale = main.querySelector(".stale");
  const asOf = Date.parse(main.dataset.asof);
  put(main.querySelector(".now"), hm(now()));
  stale.hidden = now() - asOf < old;
  if (!stale.hidden) put(stale.querySelector("time"), hm(asOf));
  root.dataset.shift = Math.floor(now() / step) % 4;
};

startClocks();
startLive();
tick();
setInterval(tick, 1000);
document.addEventListener("htmx:after:swap", tick);
root.dataset.ready = "";
