// What was chosen to be sent, and the upload that is under way: known on every page, small until there is one.
import { signal } from "@preact/signals";
import { together } from "./gather.js";

/** `{place, into, count, found}`: `found` is there once all folders are read. */
export const chosen = signal();
/** The upload under way, or the last one, as `run.js` tells it. */
export const upload = signal();

const TELL_MS = 100;

export const placeOf = ({ database, asset }) => JSON.stringify([database, asset]);

/** `read(tell)` promises what was chosen; it comes to what was chosen before. */
export async function choose(where, read, into) {
  const place = placeOf(where);
  const before = chosen.peek()?.place === place ? chosen.peek() : undefined;
  const here = { place, into: into ?? before?.into };
  chosen.value = { ...here, count: 0 };
  let told = Date.now();
  const more = await read((count) => {
    if (Date.now() - told < TELL_MS) return;
    told = Date.now();
    chosen.value = { ...here, count };
  });
  chosen.value = { ...here, found: before?.found ? together(before.found, more) : more };
}

export function unchoose() {
  chosen.value = undefined;
}

export const isAtWork = () => ["sending", "versioning"].includes(upload.peek()?.phase);
