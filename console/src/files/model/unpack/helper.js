// A script beside the page that answers questions by their number; it is started with the first one.
import { startWorker } from "../../worker.js";

/** The script did not come, or its decoder did not. */
export class NoDecoder extends Error {}

export class Helper {
  constructor(address) {
    this.address = address;
    this.waiting = new Map();
    this.last = 0;
  }

  /** The answer, as the script sends it; `moved` are buffers that it may have for itself. */
  ask(question, moved = []) {
    this.start();
    return new Promise((resolve, reject) => {
      this.last += 1;
      this.waiting.set(this.last, { resolve, reject });
      this.worker.postMessage({ ...question, id: this.last }, moved);
    });
  }

  tell(what, moved = []) {
    this.start();
    this.worker.postMessage(what, moved);
  }

  start() {
    if (this.worker) return;
    this.worker = startWorker(this.address);
    this.worker.onmessage = ({ data }) => {
      if (data.over !== undefined) return this.fail(new NoDecoder(data.over));
      const { resolve, reject } = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.type === "error") return reject(new (data.noDecoder ? NoDecoder : Error)(data.error));
      return resolve(data);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.fail(new NoDecoder(event.message ?? ""));
    };
  }

  fail(error) {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  end() {
    this.worker?.terminate();
    this.fail(new DOMException("", "AbortError"));
  }
}
