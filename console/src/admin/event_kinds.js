// The kinds of event that a webhook may ask for, by what they are about.
export const ALL = "*";

export const KINDS = {
  version: [
    "created",
    "as_of",
    "reverted",
    "cloned",
    "uploaded",
    "published",
    "archived",
    "unarchived",
    "updated",
    "deleted",
    "activated",
    "protected",
  ],
  alias: ["moved"],
  asset: ["created", "updated", "archived", "unarchived", "deleted"],
  files: ["changed", "archived", "unarchived"],
  file: ["updated", "refused"],
  restore: ["started", "failed"],
  job: ["ended"],
};

export const group = (name) => `${name}.*`;

/** The words of a set of kinds with one taken in or out; a group stands for all that is in it. */
export function toggled(events, one, on) {
  const next = new Set(events);
  if (!on) next.delete(one);
  else {
    next.add(one);
    const [name, star] = one.split(".");
    if (star === "*") for (const kind of KINDS[name]) next.delete(`${name}.${kind}`);
  }
  return [...next];
}
