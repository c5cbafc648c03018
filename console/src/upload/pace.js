// How fast bytes go, by the last seconds, and how long the rest will take at that pace.
const SPAN = 10_000;
const LEAST = 1_000; // what is told before would jump

export class Pace {
  #seen = [];

  /** So many bytes have gone by then. */
  see(bytes, now) {
    this.#seen.push([now, bytes]);
    while (this.#seen.length > 2 && now - this.#seen[0][0] > SPAN) this.#seen.shift();
  }

  /** Bytes a second; undefined while nobody can say. */
  get rate() {
    const [[first, before] = [], [last, bytes] = []] = [this.#seen[0], this.#seen.at(-1)];
    return last - first >= LEAST ? ((bytes - before) * 1000) / (last - first) : undefined;
  }

  /** Whole seconds for so many bytes; undefined where nothing moves. */
  secondsFor(bytes) {
    return this.rate > 0 ? Math.ceil(bytes / this.rate) : undefined;
  }

  forget() {
    this.#seen = [];
  }
}
