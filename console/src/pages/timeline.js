// Which versions a filter shows, and which one came before another.
export const STATES = ["usual", "all", "draft", "published", "archived", "protected", "aliased", "deleted"];

/** `usual` is what is not archived. */
export function fits(version, state) {
  if (state === "all") return true;
  if (state === "aliased") return version.versionAliases.length > 0;
  if (state === "protected") return version.isProtected;
  return state === "usual" ? version.state !== "archived" : version.state === state;
}

/** All of the words, in any case, wherever they stand. */
export function says(version, text) {
  const said = [
    `v${version.Version}`,
    version.comment,
    version.description,
    version.createdBy,
    version.revision,
    ...version.versionAliases,
  ]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** How many archived ones would be shown, too. */
export function countHidden(versions, author, text) {
  return versions.filter(
    (one) => one.state === "archived" && (!author || one.createdBy === author) && says(one, text),
  ).length;
}

/** The number of the one before; null for the first, undefined while that is not known. */
export function versionBefore(pages, all, one) {
  const found = all[all.indexOf(one) + 1];
  if (found) return found.Version;
  return pages.done ? null : undefined;
}
