// One upload from the first byte to its version; it goes on while its person looks at other pages.
import { ended } from "../acts/submit.jsx";
import { createVersion, updateVersion } from "../api/store.js";
import { person } from "../session/session.js";
import { asItWas, brokenOff } from "./memory.js";
import { placeOf, upload } from "./now.js";
import { Pace } from "./pace.js";
import { Sender } from "./sender.js";

const TELL_MS = 200;
const ACCEPTED = 202;

/** `files` are rows of a plan; `version` is `{wanted, comment, aliases}`, or with `byItself` what to say of one that comes. */
export class Run {
  #sender;
  #pace = new Pace();
  #timer;
  #told = {};
  // The same for each try: a reply that was lost makes no second version.
  #key = crypto.randomUUID();
  #stop = new AbortController();

  constructor({ where, name, files, version }) {
    Object.assign(this, { where, name, files, version });
    this.#sender = new Sender(where, person.peek().name, () => this.#soon());
    this.total = files.reduce((sum, one) => sum + one.size, 0);
  }

  async start() {
    this.#tell({ phase: "sending" });
    const left = await brokenOff(this.where, person.peek().name);
    const chosen = new Map(this.files.map((one) => [one.path, one]));
    const ours = left.filter(({ files }) => files.some((one) => asItWas(chosen.get(one.path), one)));
    this.#sender.add(this.files, ours);
    await this.#send();
  }

  /** What stopped all goes on; what has failed is sent again, read anew where the browser can. */
  async again() {
    this.#tell({ phase: "sending" });
    await this.#addFailed();
    await this.#send();
  }

  async cancel() {
    this.#stop.abort();
    this.#tell({ phase: "cancelled" });
    await this.#sender.cancel();
    this.#tell({});
  }

  /** Of what is there; what is said of it may be other than at the start. */
  async makeVersion(said = {}) {
    const before = JSON.stringify(this.version);
    Object.assign(this.version, said);
    if (JSON.stringify(this.version) !== before) this.#key = crypto.randomUUID();
    this.#tell({ phase: "versioning", versionError: undefined, job: undefined });
    const { comment, aliases } = this.version;
    const body = { comment, ...(aliases.length && { versionAliases: aliases }) };
    try {
      const { status, body: made } = await createVersion(this.where, body, this.#key);
      const end = status === ACCEPTED ? await this.#job(made) : made;
      this.#tell({ phase: "done", made: end.assetVersionId });
    } catch (error) {
      this.#tell({ phase: "unversioned", versionError: error });
    }
  }

  /** What became of a file: sent, failed, or nothing yet. */
  outcome(path) {
    if (this.#sender.sent.has(path)) return { state: "sent" };
    const failed = this.#sender.failed.get(path);
    return failed ? { state: "failed", ...failed } : { state: "waiting" };
  }

  async #send() {
    addEventListener("beforeunload", ask);
    try {
      await this.#sender.run();
    } finally {
      removeEventListener("beforeunload", ask);
      this.#pace.forget();
    }
    const { error, failed, sent } = this.#sender;
    if (this.#told.phase === "cancelled") return;
    if (error) this.#tell({ phase: "stopped", error });
    else if (failed.size) this.#tell({ phase: "failed", error: undefined });
    else if (this.version.wanted && sent.size) await this.makeVersion();
    else await this.#sayOfOwn();
  }

  /** Where uploads make versions by themselves, what was to be said is said of that one. */
  async #sayOfOwn() {
    const { comment, aliases, byItself } = this.version;
    const number = this.#sender.version;
    try {
      if (byItself && number && (comment || aliases.length)) {
        const said = { ...(comment && { comment }), ...(aliases.length && { versionAliases: aliases }) };
        await updateVersion(this.where, number, said);
      }
      this.#tell({ phase: "done", error: undefined, made: number });
    } catch (error) {
      this.#tell({ phase: "done", made: number, versionError: error });
    }
  }

  async #addFailed() {
    const rows = this.files.filter((one) => this.#sender.failed.has(one.path));
    const fresh = await Promise.all(rows.map(readAnew));
    this.#sender.add(fresh.filter(Boolean));
    this.total = this.files.reduce((sum, one) => sum + one.size, 0);
  }

  #job({ operationId }) {
    return ended(this.where, operationId, ({ job }) => this.#tell({ job }), this.#stop.signal);
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#pace.see(this.#sender.bytes, performance.now());
      this.#tell({});
    }, TELL_MS);
  }

  #tell(changes) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    Object.assign(this.#told, changes);
    const { sent, failed, bytes, isOffline } = this.#sender;
    upload.value = {
      ...this.#told,
      run: this,
      place: placeOf(this.where),
      sentFiles: sent.size,
      failedFiles: failed.size,
      bytes: Math.min(bytes, this.total),
      rate: this.#pace.rate,
      rest: this.#pace.secondsFor(Math.max(0, this.total - bytes)),
      isOffline,
    };
  }
}

/** A file as it is on the disk now; undefined where the browser can't read it any more. */
async function readAnew(row) {
  try {
    const file = row.again ? await row.again() : row.file;
    await file.slice(0, 1).arrayBuffer();
    return Object.assign(row, { file, size: file.size, modified: file.lastModified });
  } catch {
    return undefined; // it stays among those that failed, with what to do
  }
}

function ask(event) {
  event.preventDefault();
}
