// What passes by itself is tried again, later each time; without a network as soon as there is one.
import { ApiError, pause } from "../api/http.js";

const WAITS = [0.5, 1, 2, 4, 8, 15]; // seconds before each further try

export class Patience {
  isOffline = false;
  #tell;

  /** `tell` hears when the network goes and comes. */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Of the API: what is busy, broken or out of reach. Its requests may be sent again. */
  async patiently(work, signal) {
    for (let attempt = 0; ; ) {
      try {
        return await work();
      } catch (error) {
        const { status } = error;
        const passes = error instanceof ApiError && (status === 0 || status === 429 || status > 500);
        if (!passes) throw error;
        attempt = await this.next(attempt, error, signal);
      }
    }
  }

  /** Waits for the next try, and counts it; `error` where there were enough. */
  async next(attempt, error, signal) {
    if (!navigator.onLine) return this.#network(signal);
    if (attempt === WAITS.length) throw error;
    await pause(WAITS[attempt], signal);
    return attempt + 1;
  }

  async #network(signal) {
    this.#offline(true);
    try {
      await new Promise((resolve, reject) => {
        addEventListener("online", resolve, { once: true, signal });
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    } finally {
      this.#offline(false);
    }
    return 0;
  }

  #offline(isOffline) {
    this.isOffline = isOffline;
    this.#tell();
  }
}
