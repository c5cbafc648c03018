// The journal of an asset as lines to read: what an event is about, and which facts it moved.
export const KINDS = ["versions", "files", "asset"];

const BORN = "asset.created";
const KIND_OF = { version: "versions", alias: "versions", files: "files", file: "files", restore: "files" };
const SAID = new Set([
  "asset.archived",
  BORN,
  "asset.unarchived",
  "asset.updated",
  "file.refused",
  "file.updated",
  "files.archived",
  "files.changed",
  "files.unarchived",
  "restore.failed",
  "restore.started",
  "version.activated",
  "version.archived",
  "version.as_of",
  "version.cloned",
  "version.created",
  "version.deleted",
  "version.published",
  "version.reverted",
  "version.unarchived",
  "version.updated",
  "version.uploaded",
]);
const WAYS = new Set(["archive", "content", "copy", "move", "restore", "revert", "unarchive", "upload"]);
const ICONS = {
  [BORN]: "model",
  "asset.archived": "archive",
  "file.refused": "warn",
  "restore.failed": "warn",
  "version.activated": "check",
  "version.archived": "archive",
  "version.deleted": "close",
  "version.published": "publish",
  "version.reverted": "revert",
  "version.updated": "edit",
};

/** The journal begins behind the birth of its asset, which the asset itself tells. */
export function born({ dateCreated, createdBy }) {
  return { eventId: BORN, event: BORN, dateCreated, createdBy, version: null, changes: [], details: {} };
}

export function kindOf({ event }) {
  return KIND_OF[event.split(".")[0]] ?? "asset";
}

/** The end of the key of its sentence. */
export function sentenceOf({ event, details }) {
  if (event === "files.changed") return `${event}.${WAYS.has(details.change) ? details.change : "other"}`;
  return SAID.has(event) ? event : "other";
}

export function iconOf(event) {
  const found = ICONS[event.event];
  return found ?? { versions: "plus", files: "folder", asset: "edit" }[kindOf(event)];
}

/** The number of the version that an event is about; of the asset itself, and of its files, it is about none. */
export function versionOf({ event, version }) {
  return event.startsWith("version.") ? version?.Version : undefined;
}

/** Facts that moved, but for those that the sentence says already: `{what, name, of, before, after}`. */
export function movesOf(event) {
  const own = versionOf(event);
  return event.changes
    .filter(({ what, version }) => what !== "state" || version?.Version !== own)
    .map(({ what, alias, version, before, after }) => ({
      what,
      name: alias,
      of: version?.Version,
      before: before?.Version ?? before,
      after: after?.Version ?? after,
    }));
}

const FIELDS = new Set([
  "asset_type",
  "attribute",
  "auto_version",
  "description",
  "given_to",
  "is_distributable",
  "metadata",
  "name",
  "preview",
  "primary",
  "primaryType",
  "tags",
]);

/** What an update changed, as `[name, whether it has a text]`. */
export function fieldsOf({ details }) {
  return (details.fields ?? "")
    .split(", ")
    .filter(Boolean)
    .map((name) => [name, FIELDS.has(name)]);
}

/** The version that files were to be put back as: the task says it in words. */
export function taskOf({ details }) {
  return /^\w+ to (\d+)/.exec(details.task ?? "")?.[1];
}

export function fits(event, kind, person) {
  return (!kind || kindOf(event) === kind) && (!person || personOf(event) === person);
}

/** A name may be another one's later; a person stays who they are. */
export function personOf({ personId, createdBy }) {
  return personId ?? createdBy;
}

/** `[id, name]` of all who did something, by name. */
export function peopleOf(events) {
  const found = new Map(events.map((one) => [personOf(one), one.createdBy]));
  return [...found].sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Days with their events, in the order of the events: `[[day, [event, …]], …]`. */
export function byDay(events, dayOf) {
  const found = [];
  for (const event of events) {
    const day = dayOf(event.dateCreated);
    if (found.at(-1)?.[0] !== day) found.push([day, []]);
    found.at(-1)[1].push(event);
  }
  return found;
}
