// One ticker for every deadline on the page. The server owns the light and the time; this only counts.
const two = (n) => String(n).padStart(2, "0");
const put = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

const plain = "超 %(time)s|剩 %(time)s|%(days)s天%(hours)s时|%(hours)s时%(minutes)s分";

// Same spelling as anju.ui.times.
export const speller = (words = plain) => {
  const [over, left, long, short] = words.split("|");
  const spell = (seconds) => {
    const s = Math.abs(seconds);
    const hours = Math.floor(s / 3600);
    const minutes = two(Math.floor((s % 3600) / 60));
    if (hours >= 24) return put(long, { days: Math.floor(hours / 24), hours: hours % 24 });
    return hours ? put(short, { hours, minutes }) : `${minutes}:${two(s % 60)}`;
  };
  return { spell, due: (seconds) => put(seconds < 0 ? over : left, { time: spell(seconds) }) };
};

let skew = 0;

const agree = (now) => {
  const at = Date.parse(now ?? "");
  if (!Number.isNaN(at)) skew = at - Date.now();
};

// The server's clock; in the lab it jumps, so every answer brings it along (X-Now).
export const now = () => Date.now() + skew;

const shanghai = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const hm = (at) => shanghai.format(at);

export const startClocks = () => {
  const root = document.documentElement;
  const { spell, due } = speller(root.dataset.clock);
  const say = (el, text) => { if (el.textContent !== text) el.textContent = text; };
  const tick = () => {
    for (const el of document.querySelectorAll("[data-due]")) {
      const left = Math.round((Date.parse(el.dataset.due) - now()) / 1000);
      say(el, "bare" in el.dataset && left >= 0 ? spell(left) : due(left));
    }
    for (const el of document.querySelectorAll("[data-since]")) {
      say(el, spell(Math.max(0, Math.round((now() - Date.parse(el.dataset.since)) / 1000))));
    }
  };
  agree(root.dataset.now);
  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:after:request", (e) => agree(e.detail.ctx.response.headers.get("X-Now")));
  document.addEventListener("htmx:after:swap", tick);
};
