// One upload: its files as they were announced, its links, what has arrived, which files have changed since.
import { isPicture, packKey, partKey, piecesOf } from "./batches.js";

export class Batch {
  done = false;
  /** Bytes of the pieces that are on their way, and of those that have arrived. */
  going = new Map();
  arrivedBytes = 0;

  /** `id` where it was begun in an earlier visit; a file of then that was not chosen again has no bytes. */
  constructor(files, id) {
    this.files = files;
    this.id = id;
    this.absent = new Set(files.filter((one) => !one.file).map((one) => one.path));
    this.changed = new Set(this.absent);
    this.isOfPictures = files.length > 0 && isPicture(files[0]);
    this.#begin();
  }

  /** Nothing of it is known to the service any more: only what can be sent goes by another upload. */
  forget() {
    this.id = undefined;
    this.files = this.whole();
    this.#begin();
  }

  #begin() {
    this.links = new Map();
    this.arrived = new Map();
    this.cuts = new Map();
    this.ids = new Map();
  }

  get bytes() {
    let sum = this.arrivedBytes;
    for (const bytes of this.going.values()) sum += bytes;
    return sum;
  }

  /** The files as `start` names them. */
  announced() {
    return this.files.map(({ path, size, parts, pack }) => ({
      relativeKey: path,
      file_size: size,
      ...(pack === undefined ? { num_parts: parts } : { pack }),
    }));
  }

  /** What the service tells of it, at its start, or when it is taken up. */
  take(told) {
    this.id = told.uploadId;
    for (const { relativeKey: path, uploadIdS3, partSize, parts = [] } of told.files) {
      this.ids.set(path, uploadIdS3);
      if (partSize) this.cuts.set(path, partSize);
      for (const { PartNumber, ETag } of parts) this.arrived.set(partKey(path, PartNumber), ETag);
    }
    for (const { pack, ETag } of told.packs ?? []) if (ETag) this.arrived.set(packKey(pack), ETag);
    this.takeLinks(told);
    this.arrivedBytes = this.pieces().reduce(
      (sum, one) => sum + (this.arrived.has(one.key) ? one.bytes : 0),
      0,
    );
  }

  /** Fresh ones. */
  takeLinks({ files, packs = [] }) {
    const at = Date.now();
    for (const { relativeKey, partUploadUrls } of files) {
      for (const { PartNumber, UploadUrl } of partUploadUrls) {
        this.links.set(partKey(relativeKey, PartNumber), { url: UploadUrl, at });
      }
    }
    for (const { pack, UploadUrl } of packs) this.links.set(packKey(pack), { url: UploadUrl, at });
  }

  pieces() {
    const cuts = new Map(this.files.map((one) => [one.path, this.cuts.get(one.path) ?? one.size]));
    return piecesOf(this.files, cuts, this.changed);
  }

  missing() {
    return this.pieces().filter((one) => !this.arrived.has(one.key));
  }

  arrive(piece, etag) {
    this.arrived.set(piece.key, etag);
    this.arrivedBytes += piece.bytes;
  }

  /** A pack goes all the same: others are in it. */
  isGivenUp({ stretches }) {
    const { file } = stretches[0];
    return file.pack === undefined && this.changed.has(file.path);
  }

  /** The bytes of a piece; the place of a file that has changed is filled: it is not named at the end. */
  bytesOf({ stretches }) {
    const found = stretches.map(({ file, start, end }) =>
      this.changed.has(file.path) ? new Uint8Array(end - start) : file.file.slice(start, end),
    );
    return new Blob(found);
  }

  /** The files that are as they were announced. */
  whole() {
    return this.files.filter((one) => !this.changed.has(one.path));
  }

  /** Those that were chosen, and have changed on the disk since. */
  lost() {
    return [...this.changed].filter((path) => !this.absent.has(path));
  }

  /** These files as `complete` names them, with all packs. */
  named(files) {
    const packs = [...new Set(this.files.map((one) => one.pack))].filter((pack) => pack !== undefined);
    return {
      files: files.map(({ path, parts }) => ({
        relativeKey: path,
        uploadIdS3: this.ids.get(path),
        parts: Array.from({ length: parts }, (_, index) => ({
          PartNumber: index + 1,
          ETag: this.arrived.get(partKey(path, index + 1)),
        })),
      })),
      packs: packs.map((pack) => ({ pack, ETag: this.arrived.get(packKey(pack)) })),
    };
  }
}
