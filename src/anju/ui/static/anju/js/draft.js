// A half-written report survives a reload in this tab. Phone numbers and anything marked private are never kept.
const phones = /(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}/g;
const skip = /^(hidden|password|tel|file|submit|button)$/;
const key = (name) => `anju-draft-${name}`;

const kept = (form) => [...form.elements].filter((el) => el.name && !skip.test(el.type) && !("private" in el.dataset));
const choice = (el) => /^(radio|checkbox)$/.test(el.type);

const save = (form) => {
  const values = kept(form).filter((el) => !choice(el) || el.checked).map((el) => [el.name, el.value.replace(phones, "")]);
  sessionStorage.setItem(key(form.dataset.draft), JSON.stringify(values));
};

// What the server filled in stays; only empty fields and untouched choices are filled.
const restore = (form) => {
  const values = JSON.parse(sessionStorage.getItem(key(form.dataset.draft)) ?? "[]");
  for (const el of kept(form)) {
    if (choice(el)) {
      if (values.some(([n, v]) => n === el.name && v === el.value)) el.checked = true;
    } else if (!el.value) {
      el.value = values.find(([n]) => n === el.name)?.[1] ?? "";
    }
  }
};

export const startDrafts = () => {
  try {
    for (const done of document.querySelectorAll("[data-draft-done]")) sessionStorage.removeItem(key(done.dataset.draftDone));
    document.querySelectorAll("form[data-draft]").forEach(restore);
    document.addEventListener("input", (e) => { if (e.target.form?.dataset.draft) save(e.target.form); });
  } catch {
    // storage is switched off: the form works, it only does not survive a reload
  }
};
