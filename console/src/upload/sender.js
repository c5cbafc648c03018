// Sends files by uploads: announced, sent in pieces side by side, completed at once, taken up when cut off.
import { abortUpload, completeUpload, renewLinks, startUpload } from "../api/uploads.js";
import { Batch } from "./batch.js";
import { batchesOf } from "./batches.js";
import { asItWas, forget, keep } from "./memory.js";
import { Patience } from "./patience.js";
import { sendPieces } from "./pieces.js";
import { hiddenOnes, stopsAll, wrongOnes } from "./refusals.js";
import { atOnce, Turns } from "./turns.js";

const PIECES_AT_ONCE = 6; // as many as a browser opens to one host
const BATCHES_AT_ONCE = 3;

export class Sender {
  #where;
  #person;
  #tell;
  #run = new AbortController();
  #turns = new Turns(PIECES_AT_ONCE);
  #patience;
  #batches = [];
  /** Paths that are there; those that are not, each with `{why, said, error}`; what has stopped all. */
  sent = new Set();
  failed = new Map();
  error;
  /** The version that the last upload has become by itself. */
  version;

  constructor(where, person, tell) {
    this.#where = where;
    this.#person = person;
    this.#tell = tell;
    this.#patience = new Patience(tell);
  }

  get isOffline() {
    return this.#patience.isOffline;
  }

  /** Bytes that are with S3, of files that are there or on their way. */
  get bytes() {
    return this.#batches.reduce((sum, one) => sum + one.bytes, 0);
  }

  /** `files` are `{path, size, modified, file}`; `left` are uploads of the same files that broke off. */
  add(files, left = []) {
    const chosen = new Map(files.map((one) => [one.path, one]));
    for (const { id, files: facts } of left) {
      const found = facts.map((one) => ({ ...one, file: asItWas(chosen.get(one.path), one)?.file }));
      for (const one of found) if (one.file) chosen.delete(one.path);
      this.#batches.push(new Batch(found, id));
    }
    this.#batches.push(...batchesOf([...chosen.values()]).map((some) => new Batch(some)));
    for (const { path } of files) this.failed.delete(path);
  }

  /** Until all is there, or has failed, or nothing can go on: then `error` says why. */
  async run() {
    this.#run = new AbortController();
    this.error = undefined;
    const open = this.#batches.filter((one) => !one.done);
    // The preview of a file comes once the file is there.
    for (const pictures of [false, true]) {
      const some = open.filter((one) => one.isOfPictures === pictures);
      await atOnce(BATCHES_AT_ONCE, some, (batch) => this.#signal.aborted || this.#send(batch));
    }
  }

  /** What has not been completed is taken back; what has, stays. */
  async cancel() {
    this.#run.abort();
    const open = this.#batches.filter((one) => !one.done);
    await atOnce(BATCHES_AT_ONCE, open, (batch) => this.#giveUp(batch));
  }

  get #signal() {
    return this.#run.signal;
  }

  #patiently(work) {
    return this.#patience.patiently(work, this.#signal);
  }

  async #send(batch) {
    const how = {
      where: this.#where,
      turns: this.#turns,
      patience: this.#patience,
      signal: this.#signal,
      tell: this.#tell,
    };
    try {
      if (batch.id) await this.#takeUp(batch);
      if (!batch.id && batch.files.length) await this.#start(batch);
      await sendPieces(batch, how);
      await this.#complete(batch);
    } catch (error) {
      if (this.#signal.aborted) return;
      if (stopsAll(error)) {
        this.error = error;
        this.#run.abort();
      } else await this.#fail(batch, error);
    }
    this.#tell();
  }

  async #start(batch) {
    batch.take(await this.#patiently(() => startUpload(this.#where, batch.announced(), this.#signal)));
    await this.#keep(batch);
  }

  /** One that has ended meanwhile, or is somebody else's, is begun anew. */
  async #takeUp(batch) {
    try {
      batch.take(await this.#patiently(() => renewLinks(this.#where, batch.id, this.#signal)));
      await this.#keep(batch);
    } catch (error) {
      if (error.status !== 404 && error.status !== 409) throw error;
      await forget(batch.id);
      batch.forget();
    }
  }

  #keep(batch) {
    return keep(batch.id, this.#where, this.#person, batch.files);
  }

  /** All files that are whole, or those of them that nothing is wrong with. */
  async #complete(batch) {
    let files = batch.whole();
    for (const path of batch.lost()) this.failed.set(path, { why: "changed" });
    while (files.length) {
      try {
        const named = batch.named(files);
        const told = await this.#patiently(() => completeUpload(this.#where, batch.id, named, this.#signal));
        this.version = told.assetVersionId ?? this.version;
        for (const { path } of files) this.sent.add(path);
        batch.done = true;
        return forget(batch.id);
      } catch (error) {
        const wrong = wrongOnes(error);
        if (!wrong.size) throw error;
        for (const [path, said] of wrong) this.failed.set(path, { why: "refused", said });
        files = files.filter((one) => !wrong.has(one.path));
      }
    }
    return this.#giveUp(batch);
  }

  /** Its files have to go by another upload. */
  async #fail(batch, error) {
    const lost = hiddenOnes(error, batch.whole());
    for (const { path } of batch.whole()) {
      if (lost.has(path)) this.failed.set(path, { why: "error", error });
      else this.sent.add(path);
    }
    for (const path of batch.lost()) this.failed.set(path, { why: "changed" });
    await this.#giveUp(batch);
  }

  async #giveUp(batch) {
    batch.done = true;
    if (batch.id) await giveUp(this.#where, batch.id);
  }
}

/** What has arrived of an upload is forgotten. */
export async function giveUp(where, id) {
  await forget(id);
  // Where this fails, it ends by itself after a day.
  await abortUpload(where, id).catch(() => undefined);
}
