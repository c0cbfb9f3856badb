// Photos are made small before they are sent (1 MB, 2000 px) and shown. Without this the plain file input works.
const edge = 2000;
const heaviest = 1024 * 1024;
const fine = /^image\/(jpeg|png|webp)$/;

const picture = async (file) => {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  return image;
};

const draw = (image, scale) => {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const encode = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

// The first that is light enough: coarser and coarser in full size, then smaller and smaller. Null when it cannot be written.
const lighten = async (image, full) => {
  let scale = full;
  let quality = 0.85;
  let canvas = draw(image, scale);
  let blob = await encode(canvas, quality);
  while (blob && blob.size > heaviest) {
    if (quality > 0.6) quality -= 0.15;
    else [quality, scale, canvas] = [0.4, scale * 0.75, draw(image, scale * 0.75)];
    blob = await encode(canvas, quality);
  }
  return blob;
};

// A file that cannot be read as a picture goes as it is: the server says what is wrong with it.
export const shrink = async (file) => {
  try {
    const image = await picture(file);
    const longest = Math.max(image.naturalWidth, image.naturalHeight);
    const small = longest <= edge && file.size <= heaviest && fine.test(file.type);
    const blob = small ? null : await lighten(image, Math.min(1, edge / longest));
    URL.revokeObjectURL(image.src);
    if (!blob) return file;
    return new File([blob], file.name.replace(/\.\w*$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
};

const preview = (box, file, drop) => {
  const shot = Object.assign(document.createElement("span"), { className: "shot" });
  const image = Object.assign(new Image(), { alt: file.name });
  image.src = URL.createObjectURL(file);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.setAttribute("aria-label", box.dataset.drop ?? "×");
  button.addEventListener("click", drop);
  shot.append(image, button);
  return shot;
};

const show = (box, input, files) => {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  input.files = bag.files;
  box.querySelectorAll(":scope > .shot").forEach((old) => { URL.revokeObjectURL(old.firstChild.src); old.remove(); });
  const label = input.closest("label");
  label.before(...files.map((file) => preview(box, file, () => show(box, input, files.filter((f) => f !== file)))));
  label.hidden = files.length >= Number(box.dataset.max ?? 9);
  box.files = files;
};

const chosen = async (box, input) => {
  const added = [...input.files].filter((file) => !(box.files ?? []).includes(file));
  box.busy = (box.busy ?? 0) + 1;
  try {
    const small = [];
    for (const file of added) small.push(await shrink(file));
    show(box, input, [...(box.files ?? []), ...small].slice(0, Number(box.dataset.max ?? 9)));
  } finally {
    box.busy -= 1;
    if (!box.busy) box.dispatchEvent(new Event("photos:ready"));
  }
};

const ready = (box) => { box.querySelector(".native")?.classList.replace("native", "add"); };

export const startPhotos = () => {
  const all = () => document.querySelectorAll("[data-photos]").forEach(ready);
  all();
  document.addEventListener("htmx:after:swap", all);
  document.addEventListener("change", (e) => {
    const box = e.target.matches('input[type="file"]') && e.target.closest("[data-photos]");
    if (box) chosen(box, e.target);
  });
  // sent while still shrinking: wait, then send
  document.addEventListener("submit", (e) => {
    const box = [...e.target.querySelectorAll("[data-photos]")].find((b) => b.busy);
    if (!box) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    box.addEventListener("photos:ready", () => e.target.requestSubmit(e.submitter), { once: true });
  }, true);
};
