// A job: position for checking in, parts counted with − and ＋, the big button says what is missing. Without this the
// same forms work: a photo instead of the position, numbers typed, the server naming what is missing.
import { startAway } from "./away.js";

const say = (box, words) => { box.querySelector("span").textContent = words; };

const locate = (box) => {
  const form = box.closest("form");
  const got = (at) => {
    form.elements.lat.value = at.coords.latitude.toFixed(6);
    form.elements.lng.value = at.coords.longitude.toFixed(6);
    say(box, box.dataset.got);
    form.requestSubmit();
  };
  navigator.geolocation.getCurrentPosition(got, () => say(box, box.dataset.far), { enableHighAccuracy: true, timeout: 10000 });
};

const scan = async (box) => {
  const form = box.closest("form");
  try {
    const { read } = await import("./scan.js");
    form.elements.code.value = await read(box.querySelector("video"));
    form.requestSubmit();
  } catch {
    say(box, box.dataset.none);
  }
};

const missing = (form, go) => {
  const box = form.querySelector("[data-photos]");
  const shots = (box?.files ?? form.elements.photos?.files ?? []).length;
  if ("photo" in form.dataset && !shots) return go.dataset.needPhoto;
  const tapped = [...form.querySelectorAll('input[name="did"]:checked')].map((one) => one.value).join("，");
  const typed = form.elements.text?.value.trim() ?? "";
  return [tapped, typed].filter(Boolean).join("，").length < 5 ? go.dataset.needWords : "";
};

// Not aria-disabled: pressed all the same, the server says it again and the reader is led to the field.
const name = () => {
  const form = document.querySelector("form[data-finish]");
  const go = document.querySelector("[data-go]");
  if (!form || !go) return;
  const words = missing(form, go);
  go.querySelector("span").textContent = words || go.dataset.ready;
  go.toggleAttribute("data-missing", Boolean(words));
};

const show = () => {
  document.querySelectorAll("[data-locate]").forEach((box) => { box.hidden = !("geolocation" in navigator); });
  document.querySelectorAll("[data-scan]").forEach((box) => { box.hidden = !navigator.mediaDevices; });
  document.querySelectorAll("[data-count] button").forEach((button) => { button.hidden = false; });
  name();
};

document.addEventListener("click", (e) => {
  const box = e.target.closest("[data-locate]");
  if (box && e.target.closest("button")) locate(box);
  const camera = e.target.closest("[data-scan] button")?.parentElement;
  if (camera) scan(camera);
  const button = e.target.closest("[data-count] button");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  input.value = Math.min(99, Math.max(0, Number(input.value || 0) + Number(button.dataset.by)));
});
for (const event of ["input", "change", "click"]) document.addEventListener(event, () => setTimeout(name, 0));
document.addEventListener("photos:ready", name, true);
document.addEventListener("htmx:after:swap", show);
show();
startAway();
