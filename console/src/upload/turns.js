// So many things at once, and no more.

/** `work(item)` for all, so many at a time. */
export async function atOnce(most, items, work) {
  const rest = [...items];
  const next = async () => {
    while (rest.length) await work(rest.shift());
  };
  await Promise.all(Array.from({ length: most }, next));
}

/** Work from many places, in the order in which it came. */
export class Turns {
  #free;
  #waiting = [];

  constructor(most) {
    this.#free = most;
  }

  async take(work) {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
