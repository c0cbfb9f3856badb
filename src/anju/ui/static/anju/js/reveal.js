// A value that was shown for a reason: it counts down and the mask returns by itself, also when the window loses focus.
import { now } from "./clock.js";

const hide = (el) => {
  const mask = document.createElement("span");
  mask.className = "masked";
  mask.id = el.id;
  mask.textContent = el.dataset.mask;
  el.replaceWith(mask);
};

export const startReveals = () => {
  const all = () => document.querySelectorAll(".masked[data-open]");
  const tick = () => {
    for (const el of all()) {
      const left = Math.round((Date.parse(el.dataset.until) - now()) / 1000);
      if (left <= 0) hide(el);
      else el.querySelector("[data-left]").textContent = left;
    }
  };
  setInterval(tick, 1000);
  window.addEventListener("blur", () => all().forEach(hide));
  document.addEventListener("htmx:after:swap", () => {
    if (all().length) document.querySelector("dialog[open]")?.close();
    tick();
  });
};
