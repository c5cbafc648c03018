// Uploads under way, kept by the browser from one visit to the next: which files each one has, as they were.
const NAME = "uploads";
const KEPT_MS = 24 * 3_600_000; // as long as the service keeps an upload open

let opened;

function store(mode) {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(NAME, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened.then((database) => database.transaction(NAME, mode).objectStore(NAME));
}

const ended = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Where the browser keeps nothing (a private window may not), an upload works; it just can't be taken up. */
async function tried(mode, work) {
  try {
    return await ended(work(await store(mode)));
  } catch {
    return undefined;
  }
}

const lockOf = (id) => `upload ${id}`;

/** `files` are `{path, size, modified, parts, pack}`. As long as this page is open, no other one takes it up. */
export async function keep(id, where, person, files) {
  navigator.locks?.request(lockOf(id), () => new Promise(() => {}));
  const facts = files.map(({ path, size, modified, parts, pack }) => ({ path, size, modified, parts, pack }));
  await tried("readwrite", (box) =>
    box.put({ id, place: placeOf(where), person, at: Date.now(), files: facts }),
  );
}

export function forget(id) {
  return tried("readwrite", (box) => box.delete(id));
}

/** Those of a person into an asset that broke off. */
export async function brokenOff(where, person) {
  const all = (await tried("readonly", (box) => box.getAll())) ?? [];
  const held = new Set((await navigator.locks?.query())?.held.map((one) => one.name));
  const old = all.filter((one) => Date.now() - one.at > KEPT_MS);
  await Promise.all(old.map((one) => forget(one.id)));
  return all.filter(
    (one) =>
      one.place === placeOf(where) &&
      one.person === person &&
      !held.has(lockOf(one.id)) &&
      !old.includes(one),
  );
}

/** A file of an earlier visit, where it has been chosen again and has not changed since. */
export function asItWas(file, { size, modified }) {
  return file?.size === size && file.modified === modified ? file : undefined;
}

const placeOf = ({ database, asset }) => JSON.stringify([location.origin, database, asset]);
