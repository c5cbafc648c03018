// Which paths and files an asset takes: the API's own rules (docs/api/vams.md), told before anything is sent.
const MOST_KEY_BYTES = 1024;
const MOST_BYTES = 5 * 1024 ** 4;
const MOST_PREVIEW_BYTES = 5 * 1024 ** 2;
const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const PREVIEW = /^(.+)\.previewFile\.(?:gif|jpeg|jpg|png|svg)$/s;
// What Windows can't hold, where the database asks for names that every disk can.
const NOT_PORTABLE = /[<>:"|?*\\]|[. ](?:\/|$)/;
const DEVICE = /(?:^|\/)(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(?:\.[^/]*)?(?:\/|$)/i;
const MOST_PORTABLE = 259;
const MOST_STEP_BYTES = 255;
// All that is not printed, but for the plain space.
const UNPRINTED = /[[\p{C}\p{Z}]--[ ]]/v;
// The API's own words for versions, which no alias may be.
const RESERVED = new Set(["current", "working", "latest", ".", ".."]);

const encoder = new TextEncoder();
const bytes = (text) => encoder.encode(text).length;

/** What an asset of this database takes. */
export function rulesOf(where, database) {
  const said = database.restrictFileUploadsToExtensions ?? "";
  const kinds = said.split(",").map((one) => one.trim().toLowerCase());
  const extensions = kinds.includes(".all") ? [] : kinds.filter(Boolean);
  const room = MOST_KEY_BYTES - bytes(`${where.database}/${where.asset}/`);
  return { room, extensions, portable: database.portableNames === true };
}

/** The word for why there can be no file of this path and size; undefined where there can. */
export function whyRefused(path, size, { room, extensions, portable }) {
  const steps = path.replaceAll("\\", "/").split("/");
  if (ABSOLUTE.test(path)) return "absolute";
  if (steps.some((one) => one === "" || one === "." || one === "..")) return "steps";
  if (CONTROL.test(path) || !path.isWellFormed()) return "control";
  if (path.length > room / 3 && bytes(path) > room) return "long";
  if (size > MOST_BYTES) return "large";
  const shown = previewed(path);
  if (shown !== undefined && size > MOST_PREVIEW_BYTES) return "largePreview";
  const typed = (shown ?? path).toLowerCase();
  if (extensions.length && !extensions.some((one) => typed.endsWith(one))) return "extension";
  if (portable && !isPortable(path)) return "portable";
  return undefined;
}

function isPortable(path) {
  if (NOT_PORTABLE.test(path) || DEVICE.test(path) || path.length > MOST_PORTABLE) return false;
  return path.split("/").every((one) => bytes(one) <= MOST_STEP_BYTES);
}

/** The file whose preview this would be; undefined for any other file. */
export function previewed(path) {
  return path.match(PREVIEW)?.[1];
}

/** Paths that are one with another, or with a folder of another, where neither case nor form counts. */
export function twinsAmong(paths) {
  const fold = (path) => path.normalize("NFD").toLowerCase().normalize("NFC");
  const folders = new Set();
  const files = new Map();
  const found = new Set();
  for (const path of paths) {
    const folded = fold(path);
    if (files.has(folded)) found.add(path);
    else files.set(folded, path);
    for (let at = folded.indexOf("/"); at > 0; at = folded.indexOf("/", at + 1))
      folders.add(folded.slice(0, at));
  }
  for (const [folded, path] of files) if (folders.has(folded)) found.add(path);
  return found;
}

/** Whether a version can have this alias. */
export function isAlias(text) {
  const odd = UNPRINTED.test(text) || /[\\?]/.test(text) || text !== text.trim();
  return text.length >= 1 && text.length <= 64 && !odd && !RESERVED.has(text.toLowerCase());
}
