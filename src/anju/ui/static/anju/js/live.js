// News from the server: an event means "fetch again". One stream per browser (the tab that holds the lock passes news
// on), a notice when it is lost for five seconds, everything fetched once when it is back.
import { hm, now } from "./clock.js";

const grace = 5000;
const silence = 45000;
const slowest = 30000;
const el = document.getElementById("live");
const others = "BroadcastChannel" in window ? new BroadcastChannel("anju-live") : { postMessage() {} };
let connection;
let since = null; // lost since then
let missed = false; // led late: something may have been said before
let beat = null;
let retry = 1000;

const spread = (name) => window.htmx.trigger(el, name, {}, false);

// Names that fragments of this page wait for: hx-trigger="queue from:#live".
const awaited = () => new Set([...document.querySelectorAll("[hx-trigger]")]
  .flatMap((f) => [...f.getAttribute("hx-trigger").matchAll(/([\w-]+)\s+from:#live/g)].map((m) => m[1])));

const show = (lost) => {
  const strip = document.getElementById("lost");
  if (!strip) return;
  strip.hidden = !lost;
  document.documentElement.toggleAttribute("data-lost", lost);
  if (lost) strip.querySelector("time").textContent = hm(since);
};

const lost = () => {
  if (since !== null) return;
  since = now();
  setTimeout(() => { if (since !== null) { show(true); others.postMessage({ lost: since }); } }, grace);
};

const back = () => {
  since = null;
  missed = false;
  show(false);
  awaited().forEach(spread);
};

// htmx reads the page as soon as it runs; when the SSE extension came later over a slow line, it has missed this element.
const connect = () => {
  if (!el._htmx) window.htmx.process(el);
  if (!el._htmx?.sse) window.htmx.trigger(el, "connect", {}, false);
};

const lead = () => {
  el.addEventListener("htmx:sse:before:connection", (e) => { if (e.detail.connection.attempt > 0) lost(); });
  el.addEventListener("htmx:sse:after:connection", (e) => {
    connection = e.detail.connection;
    retry = 1000;
    beat = null;
    if (since === null && !missed) return;
    others.postMessage({ back: true });
    back();
  });
  el.addEventListener("htmx:sse:after:message", (e) => {
    const name = e.detail.message.event;
    if (name === "beat") beat = Date.now();
    else if (name) others.postMessage({ name });
  });
  el.addEventListener("htmx:sse:error", (e) => { if (e.detail.status === 401) location.reload(); });
  // the first connection failed, or the answer was no stream: hx-sse does not try again, so we do
  el.addEventListener("htmx:finally:request", () => {
    if (el._htmx?.sse) return;
    lost();
    setTimeout(connect, retry);
    retry = Math.min(retry * 2, slowest);
  });
  // a line that died without a word: beats stopped
  setInterval(() => { if (beat && Date.now() - beat > silence) { beat = null; connection?.reader?.cancel(); } }, grace);
  missed = performance.now() > grace;
  connect();
};

const follow = (e) => {
  if (e.data.name) spread(e.data.name);
  if (e.data.lost) { since = e.data.lost; show(true); }
  if (e.data.back) back();
};

export const startLive = () => {
  if (!el) return;
  others.onmessage = follow;
  document.addEventListener("unlocked", () => awaited().forEach(spread));
  const begin = () => (navigator.locks ? navigator.locks.request("anju-live", () => new Promise(lead)) : lead());
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
};
