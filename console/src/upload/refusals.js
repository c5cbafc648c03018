// What went wrong, and for which files: of the service's own words, and S3's.
import { StorageError } from "./put.js";

// What goes wrong with one upload goes wrong with the next one, too.
const FOR_ALL = new Set([0, 401, 403, 404]);

export function stopsAll(error) {
  return error instanceof StorageError ? error.status === 0 : FOR_ALL.has(error.status);
}

/** By path, what the service says of single files. */
export function wrongOnes(error) {
  const told = error.status === 400 && Array.isArray(error.body?.fileResults) ? error.body.fileResults : [];
  return new Map(told.filter((one) => !one.success).map((one) => [one.relativeKey, one.error]));
}

/** Of an upload that is complete, and hidden by something newer, those that are named; else all of them. */
export function hiddenOnes(error, files) {
  const all = files.map((one) => one.path);
  const isWhole = error.status === 409 && !/ and \d+ more\. /.test(error.message);
  const named = isWhole ? all.filter((path) => error.message.includes(`'${path}' (`)) : [];
  return new Set(named.length ? named : all);
}
