// A press counts once: the button shows that it works after 300 ms and in words after 2 s (`data-slow`), a second press
// is held back, and when nothing was saved the page says so and stays as it is.
const patience = 300;
const long = 2000;
const longest = 60000;
const waiting = new Map();

const release = (owner) => {
  const held = waiting.get(owner);
  if (!held) return;
  waiting.delete(owner);
  clearTimeout(held.slow);
  clearTimeout(held.told);
  clearTimeout(held.lost);
  held.button?.removeAttribute("aria-busy");
};

const hold = (owner, button) => {
  if (waiting.has(owner)) return;
  waiting.set(owner, {
    button,
    slow: setTimeout(() => button?.setAttribute("aria-busy", "true"), patience),
    told: setTimeout(() => { if (button?.dataset.slow) button.textContent = button.dataset.slow; }, long),
    lost: setTimeout(() => release(owner), longest),
  });
};

const block = (e) => { e.preventDefault(); e.stopImmediatePropagation(); };

const say = (id) => {
  const words = document.getElementById(id);
  const place = document.getElementById("notices");
  if (words && place) { place.replaceChildren(words.content.cloneNode(true)); place.scrollIntoView({ block: "nearest" }); }
};

const writes = (ctx) => ctx && ctx.request.method !== "GET";

const refused = (e) => {
  const { ctx } = e.detail;
  const { status } = ctx.response;
  if (status < 400 || status === 422 || status === 423 || ctx.hx.retarget || ctx.hx.redirect) return;
  ctx.swap = "none";
  if (writes(ctx)) say("not-saved");
};

export const startBusy = () => {
  document.addEventListener("submit", (e) => {
    if (e.target.getAttribute("method") === "dialog" || "quiet" in e.target.elements) return; // lock.js sends those
    if (waiting.has(e.target)) block(e);
    else hold(e.target, e.submitter);
  }, true);
  document.addEventListener("click", (e) => {
    const owner = e.target.closest("[hx-post], [hx-delete]");
    if (owner && owner.tagName !== "FORM" && waiting.has(owner)) block(e);
    if (e.target.closest('[aria-disabled="true"]')) block(e);
  }, true);
  document.addEventListener("htmx:before:request", (e) => {
    const { ctx } = e.detail;
    if (!writes(ctx)) return;
    document.getElementById("notices")?.replaceChildren();
    hold(ctx.sourceElement, ctx.request.submitter ?? ctx.sourceElement.closest("button"));
  });
  document.addEventListener("htmx:before:response", refused);
  document.addEventListener("htmx:error", (e) => { if (writes(e.detail.ctx)) say("not-saved"); });
  document.addEventListener("htmx:finally:request", (e) => release(e.detail.ctx.sourceElement));
  addEventListener("pageshow", () => [...waiting.keys()].forEach(release));
};
