// Which pages this phone keeps: the server names them with their versions; what it no longer names is gone at once.
const shelf = "anju-jobs";
const index = "/field/copies/";
const able = "serviceWorker" in navigator && "caches" in window;

export const wipe = () => (able ? caches.delete(shelf) : null);

// Who works here and what he may keep; null without a signal, false when the session has ended.
export const ask = async (url) => {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) return await answer.json();
    return answer.status < 500 && answer.status !== 429 ? false : null;
  } catch {
    return null;
  }
};

// A copy has no word of the time: the clocks of a page read later go by the phone.
const copy = async (jobs, url) => {
  const answer = await fetch(url, { headers: { "X-Anju-Copy": "1" }, redirect: "manual" });
  if (!answer.ok) throw new Error(url);
  const html = (await answer.text()).replace(/ data-now="[^"]*"/, " data-copy");
  const files = [...new Set([...html.matchAll(/<(?:img|audio controls preload="none") src="(\/files\/[^"]+)"/g)].map((found) => found[1]))];
  for (const file of files) if (!await jobs.match(file)) await jobs.add(file);
  await jobs.put(url, new Response(html, { headers: answer.headers }));
  return files;
};

const clean = async (jobs, known) => {
  const wanted = new Set(["/field/kept/", index, ...Object.keys(known), ...Object.values(known).flatMap(([, ...files]) => files)]);
  for (const request of await jobs.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.has(pathname + search)) await jobs.delete(request);
  }
  await jobs.put(index, new Response(JSON.stringify(known)));
};

const stock = async (list) => {
  const jobs = await caches.open(shelf);
  const before = (await (await jobs.match(index))?.json()) ?? {};
  const known = Object.fromEntries(Object.entries(before).filter(([url]) => url in list.pages));
  await clean(jobs, known);
  for (const [url, version] of Object.entries(list.pages)) {
    if (known[url]?.[0] === version) continue;
    known[url] = [version, ...await copy(jobs, url)];
    await jobs.put(index, new Response(JSON.stringify(known)));
  }
  await clean(jobs, known);
};

const program = async () => {
  const shell = await caches.open("anju-shell");
  const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  for (const name of new Set(used)) if (!await shell.match(name)) await shell.add(name);
};

const ready = async (worker) => {
  await navigator.serviceWorker.register(worker, { scope: "/field/" });
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
};

// Another worker on the same phone begins with an empty shelf.
export const refresh = async ({ who, kept, worker }) => {
  if (!able) return;
  await ready(worker);
  if (localStorage.getItem("anju-who") !== who) await wipe();
  localStorage.setItem("anju-who", who);
  const list = await ask(kept);
  if (list === false || (list && list.who !== who)) await wipe();
  else if (!list) return;
  if (list.who !== who) return;
  navigator.storage?.persist?.();
  await stock(list);
  await import("./scan.js");
  await program();
  document.documentElement.dataset.kept = Object.keys(list.pages).length;
  return list;
};
