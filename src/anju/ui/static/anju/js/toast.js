// What was done, with a way back for eight seconds. The server writes the toast; this takes it away again.
const seconds = 8;
const idle = (toast) => !toast.matches(":hover, :focus-within");

const tick = () => {
  for (const toast of document.querySelectorAll("#toasts .toast")) {
    if (!idle(toast)) continue;
    toast.age = (toast.age ?? 0) + 1;
    if (toast.age > seconds) toast.remove();
  }
};

export const startToasts = () => setInterval(tick, 1000);
