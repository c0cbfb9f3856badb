// What was done is written down on the phone first and sent then: one after the other per job, each with its own key
// and with the time it was pressed. It leaves the phone when the server has it, or when the worker says so.
import { ask } from "./copies.js";

const box = document.getElementById("outbox");
const who = box?.dataset.who;
let db;

const open = () => new Promise((done, fail) => {
  const asked = indexedDB.open("anju-field", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

const store = async (mode, act) => {
  db ??= await open();
  const job = db.transaction("outbox", mode, { durability: "strict" });
  const asked = act(job.objectStore("outbox"));
  await new Promise((done, fail) => { job.oncomplete = done; job.onabort = () => fail(job.error); });
  return asked.result;
};

export const mine = async () => (await store("readonly", (all) => all.getAll())).filter((one) => one.who === who);
export const put = (entry) => store("readwrite", (all) => all.put(entry));
export const drop = (n) => store("readwrite", (all) => all.delete(n));

const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const isFile = ([, value]) => value instanceof Blob;
const own = ([name, value]) => !/^(csrfmiddlewaretoken|once)$/.test(name) && (typeof value === "string" || value.size);

// Words before pictures, so that the words are there when the line breaks.
export const entry = (form, n) => {
  const fields = [...new FormData(form)].filter(own).sort((a, b) => isFile(a) - isFile(b));
  const { no, title, step, next } = form.dataset;
  const hold = "hold" in form.dataset ? Date.now() + 5000 : 0;
  return { ...(n && { n }), who, no, title, step, next, hold, url: new URL(form.action, location).pathname, fields, once: key(), at: new Date().toISOString(), state: "waiting" };
};

const send = async ({ url, fields, once, at }, token) => {
  const body = new FormData();
  fields.forEach(([name, value]) => body.append(name, value));
  Object.entries({ once, client_at: at, client_now: new Date().toISOString(), csrfmiddlewaretoken: token }).forEach(([name, value]) => body.set(name, value));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 120000);
  try {
    const answer = await fetch(url, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" }, signal: stop.signal });
    if (answer.status >= 500 || answer.status === 429) return { lost: true };
    const json = /json/.test(answer.headers.get("Content-Type"));
    if (answer.ok && json) return { done: (await answer.json()).url };
    return json ? { words: (await answer.json()).words } : { odd: true };
  } catch {
    return { lost: true };
  } finally {
    clearTimeout(timer);
  }
};

// The first of each job; one without pictures goes before one with, so that owners hear in time.
const next = (all, now) => {
  const first = new Map();
  for (const one of all) if (one.state === "waiting" && !first.has(one.no)) first.set(one.no, one);
  const due = [...first.values()].filter((one) => one.hold <= now);
  return due.find((one) => !one.fields.some(isFile)) ?? due[0];
};

const run = async () => {
  const said = new Map();
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  let anew = false;
  for (let one = next(await mine(), Date.now()); one; one = next(await mine(), Date.now())) {
    const answer = await send(one, token);
    if (answer.lost) break;
    if (answer.odd && !anew) { // the page is older than the login, or there is none any more
      anew = true;
      const list = await ask(box.dataset.kept);
      if (!list || list.who !== who) break;
      token = list.csrf;
      continue;
    }
    anew = false;
    said.set(one.n, answer);
    if (answer.done) await drop(one.n);
    else await put({ ...one, state: "refused", words: answer.words ?? box.dataset.refused });
  }
  return said;
};

// Answers by number: { done: address } or { words }. In one tab at a time.
export const flush = () => (navigator.locks ? navigator.locks.request("anju-outbox", run) : run());
