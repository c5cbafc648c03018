// What a comparison found, one line a file: a file that was renamed is one, not two.
export const KINDS = ["added", "changed", "renamed", "removed"];

export function changesOf(files, renames) {
  const from = new Map((renames?.files ?? []).map((one) => [one.to, one.from]));
  const gone = new Set(from.values());
  const sides = new Map(files.map((one) => [`${one.status} ${one.relativeKey}`, one]));
  const found = [];
  for (const one of files) {
    const path = one.relativeKey;
    if (one.status === "removed" && gone.has(path)) continue;
    if (one.status === "added" && from.has(path)) {
      const before = sides.get(`removed ${from.get(path)}`);
      found.push({ kind: "renamed", path, from: from.get(path), a: before?.a ?? one.b, b: one.b });
    } else {
      found.push({ kind: one.status, path, from: path, a: one.a, b: one.b });
    }
  }
  return found;
}

/** One that the comparison does not name. How large it is nobody has said. */
export function sameOf(path) {
  return { kind: "same", path, from: path, a: { size: 0 }, b: { size: 0 } };
}

/** Counts as the first page tells them, with the renamed ones apart. */
export function totalsOf({ totals, renames }) {
  if (!totals) return {};
  const renamed = renames?.count ?? 0;
  return {
    added: totals.added - renamed,
    changed: totals.changed,
    renamed,
    removed: totals.removed - renamed,
  };
}
