// Links to files, kept while they live: a preview that is opened again asks for none.
import { linkToFile } from "./store.js";

const EARLY_SECONDS = 60;
const kept = new Map();

/** A link to a file of a version, or `working`; to an object version where `side` names one. */
export async function fileLink(where, path, side, signal) {
  const key = JSON.stringify([where.database, where.asset, path, side]);
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.url;
  const found = await linkToFile(where, path, side, signal);
  kept.set(key, { url: found.downloadUrl, until: Date.now() + (found.expiresIn - EARLY_SECONDS) * 1000 });
  return found.downloadUrl;
}

/** Let the browser save what a link leads to: it is an attachment, so the page stays. */
export function save(url) {
  const link = document.createElement("a");
  link.href = url;
  link.rel = "noreferrer";
  link.click();
}
