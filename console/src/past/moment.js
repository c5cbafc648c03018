// A moment as a field of the page has it, in the person's own time, and as the API takes it.
import { LANGUAGE } from "../texts/index.js";

const two = (number) => String(number).padStart(2, "0");

/** `2026-11-27T18:05:09`, in local time; nothing for what is no moment. */
export function toField(iso) {
  const at = new Date(iso ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return "";
  const day = [String(at.getFullYear()).padStart(4, "0"), two(at.getMonth() + 1), two(at.getDate())].join(
    "-",
  );
  return `${day}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}

/** The end of the second that was typed: what was done in it counts. Undefined for what is no moment, or to come. */
export function fromField(text, now = Date.now()) {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || at.getTime() > now) return undefined;
  at.setMilliseconds(999);
  return at.toISOString();
}

/** The zone that local times are in at that moment: its name, and how far it is from UTC. */
export function zoneAt(iso) {
  const found = new Date(iso ?? Date.now());
  const at = Number.isNaN(found.getTime()) ? new Date() : found;
  const format = new Intl.DateTimeFormat(LANGUAGE, { timeZoneName: "longOffset" });
  const offset = format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${format.resolvedOptions().timeZone} (${offset})`;
}
