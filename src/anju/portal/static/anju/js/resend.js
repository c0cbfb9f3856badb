// A report that could not be sent stays on the page with its photos and goes by itself when there is a signal again; its
// key sees to it that it arrives once. Busy.js has said so above.
export const startResend = () => {
  const unsent = new Set();
  document.addEventListener("htmx:error", (e) => { if (e.detail.ctx.sourceElement.matches("form[data-draft]")) unsent.add(e.detail.ctx.sourceElement); });
  document.addEventListener("htmx:after:request", (e) => unsent.delete(e.detail.ctx.sourceElement));
  addEventListener("online", () => {
    unsent.forEach((form) => { if (form.isConnected) form.requestSubmit(); });
    unsent.clear();
  });
};
