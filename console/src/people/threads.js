// Comments by the version that they are about, newest version first.

/** A comment names its version, then itself: `3:0f6e…`. What VAMS's own pages put there may be no number. */
export function versionOf(comment) {
  const [about] = comment["assetVersionId:commentId"].split(":");
  return /^\d+$/.test(about) ? about : undefined;
}

/** `[[number, [comment, …]], …]`, those of one version in the order in which they were written. */
export function threadsOf(comments) {
  const found = new Map();
  for (const one of comments) {
    const number = versionOf(one);
    found.set(number, [...(found.get(number) ?? []), one]);
  }
  const written = (a, b) => (a.dateCreated < b.dateCreated ? -1 : 1);
  return [...found]
    .sort(([a], [b]) => Number(b ?? -1) - Number(a ?? -1))
    .map(([number, some]) => [number, some.sort(written)]);
}
