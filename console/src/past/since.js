// What differs from the current version, with who did it last, where somebody noted that.

/** The last that was noted of each path, with how often; notes come in no order of time. */
export function lastNotes(notes) {
  const found = new Map();
  for (const note of notes) {
    const other = found.get(note.relativeKey);
    const last = other && Date.parse(other.date) > Date.parse(note.date) ? other : note;
    found.set(note.relativeKey, { ...last, times: (other?.times ?? 0) + 1 });
  }
  return found;
}

/** `{path, kind, from, a, b, note}`, newest first; what nobody noted comes last. */
export function rowsSince(changes, notes) {
  const last = lastNotes(notes);
  return newestFirst(changes.map((one) => ({ ...one, note: last.get(one.path) ?? last.get(one.from) })));
}

/** How many paths were noted, and are as they were. */
export function countSame(changes, notes) {
  const differing = new Set(changes.flatMap(({ path, from }) => [path, from]));
  return [...lastNotes(notes).keys()].filter((path) => !differing.has(path)).length;
}

function newestFirst(rows) {
  const at = ({ note }) => (note ? Date.parse(note.date) : Number.NEGATIVE_INFINITY);
  return rows.sort((one, other) => at(other) - at(one) || (one.path < other.path ? -1 : 1));
}
