// Pages without a signal: the program from one shelf, copies of the worker's own jobs from another. What is on the
// shelves is decided by copies.js; this only reads them, and clears the jobs as soon as the session has ended.
const shell = "anju-shell";
const jobs = "anju-jobs";
const away = "/field/away/";
const note = "/field/kept/";
const patience = 5000;

const restock = async () => {
  const page = await fetch(new Request(away, { credentials: "omit" }));
  const html = await page.clone().text();
  const shelf = await caches.open(shell);
  await shelf.put(away, page);
  await shelf.addAll([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]));
};

const soon = (request) => {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error("late")), patience); });
  return Promise.race([fetch(request), late]).finally(() => clearTimeout(timer));
};

const ended = (answer) => answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;

const copy = async (request) => {
  const shelf = await caches.open(jobs);
  const until = await (await shelf.match(note))?.json();
  if (!until || until < Date.now()) await caches.delete(jobs);
  else {
    const found = await shelf.match(request, { ignoreSearch: request.mode === "navigate" });
    if (found) return found;
  }
  return request.mode === "navigate" ? caches.match(away) : Response.error();
};

const page = async (request) => {
  try {
    const answer = await soon(request);
    if (answer.status >= 502) throw new Error("nobody home");
    if (answer.type === "opaqueredirect") await caches.delete(jobs);
    return answer;
  } catch {
    return copy(request);
  }
};

const picture = (request) => fetch(request).catch(() => copy(request));

const program = async (e) => {
  const shelf = await caches.open(shell);
  const found = await shelf.match(e.request);
  const fresh = fetch(e.request).then(async (answer) => {
    if (answer.ok) await shelf.put(e.request, answer.clone());
    return answer;
  });
  if (!found) return fresh;
  e.waitUntil(fresh.catch(() => null));
  return found;
};

// The list of what may be kept is also the word on whether the session lives, and until when.
const list = async (request) => {
  const answer = await fetch(request);
  if (ended(answer)) await caches.delete(jobs);
  if (!answer.ok) return answer;
  const { left } = await answer.clone().json();
  const shelf = await caches.open(jobs);
  await shelf.put(note, new Response(JSON.stringify(Date.now() + left * 1000)));
  return answer;
};

addEventListener("install", (e) => { skipWaiting(); e.waitUntil(restock()); });
addEventListener("activate", (e) => e.waitUntil(clients.claim()));
addEventListener("fetch", (e) => {
  const { pathname, origin } = new URL(e.request.url);
  if (e.request.method !== "GET" || origin !== location.origin) return;
  if (pathname === note) e.respondWith(list(e.request));
  else if (pathname.startsWith("/static/")) e.respondWith(program(e));
  else if (pathname.startsWith("/files/")) e.respondWith(picture(e.request));
  else if (e.request.mode === "navigate" && pathname.startsWith("/field/")) e.respondWith(page(e.request));
});
