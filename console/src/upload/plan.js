// What would be sent where: each chosen file with its path in the asset, and what that is there.

import { previewed, twinsAmong, whyRefused } from "./names.js";
import { isSame } from "./sameness.js";
import { atOnce } from "./turns.js";

export const KINDS = ["new", "changed", "same", "refused", "left"];
// More than this is not read only to know whether it is there already.
const MOST_COMPARED = 512 * 1024 ** 2;
const READERS = 4;

/** What is known of files that were compared, by file and ETag. */
export class Known {
  #found = new WeakMap();

  get(file, etag) {
    return this.#found.get(file)?.get(etag);
  }

  set(file, etag, same) {
    this.#found.set(file, (this.#found.get(file) ?? new Map()).set(etag, same));
  }
}

/**
 * Rows `{path, kind, why, file, again, size, modified, etag}`, in order. `stored` is by path what is there now,
 * `into` the folder it all goes into; without `folder` its own name is left away. Of kind `unsure` is what has
 * the size of what is there, and has not been compared.
 */
export function planOf(found, { into, folder, stored, rules, known }) {
  const place = into ? `${into}/` : "";
  const cut = folder ? folder.length + 1 : 0;
  const rows = found.files.map(({ path, file, again }) => ({
    path: place + path.slice(cut),
    size: file.size,
    modified: file.lastModified,
    file,
    again,
  }));
  const paths = new Set(rows.map((one) => one.path));
  const twins = rules.portable ? twinsAmong(paths) : new Set();
  for (const row of rows) {
    row.why = whyRefused(row.path, row.size, rules) ?? (twins.has(row.path) ? "twin" : undefined);
    const shown = previewed(row.path);
    if (shown !== undefined && !paths.has(shown) && !stored.has(shown)) row.why ??= "noFile";
    row.etag = stored.get(row.path)?.etag;
    row.kind = row.why ? "refused" : kindOf(row, stored.get(row.path), known);
  }
  const others = [
    ...found.unreadable.map((path) => ({ path, kind: "refused", why: "unreadable" })),
    ...found.left.map((path) => ({ path, kind: "left", why: "junk" })),
  ];
  const all = [...rows, ...others];
  return all.sort((one, other) => rankOf(one) - rankOf(other) || (one.path < other.path ? -1 : 1));
}

/** What needs a look comes first, what needs none last. */
const rankOf = ({ kind }) => ({ refused: 0, left: 2 })[kind] ?? 1;

function kindOf(row, there, known) {
  if (!there) return "new";
  if (there.size !== row.size) return "changed";
  const same = known.get(row.file, there.etag);
  if (same !== undefined) return same ? "same" : "changed";
  return row.size > MOST_COMPARED ? "changed" : "unsure";
}

/** Looks at all that is unsure, and whether it came to the end; `tell` hears how many are left. */
export async function compareAll(rows, known, tell, signal) {
  const unsure = rows.filter((one) => one.kind === "unsure");
  let left = unsure.length;
  await atOnce(READERS, unsure, async ({ file, etag }) => {
    // What can't be read is sent, and fails there with its reason.
    const same = await isSame(file, etag, signal).catch(() => false);
    if (signal.aborted) return;
    known.set(file, etag, same);
    left -= 1;
    tell(left);
  });
  return !signal.aborted;
}

export const isSent = ({ kind }) => kind === "new" || kind === "changed";

export function countsOf(rows) {
  const found = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const { kind } of rows) found[kind] += 1;
  return found;
}

/** Whether the name of the folder itself is to be left away: by what is there already, under either name. */
export function isRoot(found, folder, stored, names) {
  if (!stored.size || names.some((one) => one.toLowerCase() === folder.toLowerCase())) return true;
  let [inside, beside] = [0, 0];
  for (const { path } of found.files) {
    if (stored.has(path)) beside += 1;
    if (stored.has(path.slice(folder.length + 1))) inside += 1;
  }
  return inside > beside;
}

/** A folder as somebody types it. */
export const tidy = (text) => text.trim().replace(/^\/+|\/+$/g, "");
