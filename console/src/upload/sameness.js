// Whether a file has the bytes that S3 calls by an ETag: it tells them, if one knows how the file was cut.
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const MIB = 1024 ** 2;
const READ_BYTES = MIB / 2;
const LEAST_PART = 5 * MIB;
// How others cut files: the AWS command line in 8 MiB, VAMS's clients in 150.
const USUAL_PARTS = [8, 16, 150].map((size) => size * MIB);
const ETAG = /^"?([0-9a-f]{32})(?:-(\d+))?"?$/;

/** False for files that differ, and where the ETag tells nothing. Read a piece at a time. */
export async function isSame(file, etag, signal) {
  const [, , parts] = etag.match(ETAG) ?? [];
  if (!ETAG.test(etag)) return false;
  const cuts = parts ? cutsOf(file.size, Number(parts)).map((size) => new Cut(size)) : [];
  const whole = parts ? undefined : md5.create();
  for (let at = 0; at < file.size; at += READ_BYTES) {
    signal?.throwIfAborted();
    const bytes = new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer());
    whole?.update(bytes);
    for (const cut of cuts) cut.update(bytes);
  }
  const found = whole ? [bytesToHex(whole.digest())] : cuts.map((cut) => cut.etag());
  return found.includes(etag.replaceAll('"', ""));
}

/** The sizes of parts with which a file may have come in so many: evenly, or as is usual. */
export function cutsOf(size, parts) {
  const even = parts === 1 ? Math.max(size, 1) : Math.max(Math.ceil(size / parts), LEAST_PART);
  const likely = [even, ...USUAL_PARTS].filter((cut) => Math.ceil(size / cut) === parts);
  return [...new Set(likely)];
}

class Cut {
  #size;
  #left;
  #digests = [];
  #digest = md5.create();

  constructor(size) {
    this.#size = size;
    this.#left = size;
  }

  update(bytes) {
    let rest = bytes;
    while (rest.length > this.#left) {
      this.#digest.update(rest.subarray(0, this.#left));
      rest = rest.subarray(this.#left);
      this.#next();
    }
    this.#digest.update(rest);
    this.#left -= rest.length;
  }

  #next() {
    this.#digests.push(this.#digest.digest());
    this.#digest = md5.create();
    this.#left = this.#size;
  }

  etag() {
    this.#next();
    const joined = md5.create();
    for (const one of this.#digests) joined.update(one);
    return `${bytesToHex(joined.digest())}-${this.#digests.length}`;
  }
}
