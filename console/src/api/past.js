// What became of an asset: its history, what was live at a moment, and what changed since the last version.
import { get } from "./http.js";
import { assetPath, page } from "./store.js";

const SIZE = 100;

export async function listHistory(where, { token, signal }) {
  const body = await get(`${assetPath(where)}/history`, { pageSize: SIZE, startingToken: token }, signal);
  return page(body.events, body);
}

/** What was current, published and named by each alias at an instant (ISO 8601, with its zone). */
export function pointersAt(where, at, signal) {
  return get(`${assetPath(where)}/history`, { at }, signal);
}

/** What no version has taken in yet, in the order in which it was noted. */
export async function listChanges(where, { token, signal }) {
  const body = await get(`${assetPath(where)}/changes`, { pageSize: 1000, startingToken: token }, signal);
  return page(body.changes, body);
}
