// Work for what is in sight, a few at a time: a long page asks for nothing that nobody looks at.
const AT_ONCE = 4;
const waiting = [];
let atWork = 0;

const works = new WeakMap();
const watch = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const work = works.get(target);
      if (isIntersecting && work) {
        watch.unobserve(target);
        works.delete(target);
        waiting.push(work);
        next();
      }
    }
  },
  { rootMargin: "200px" },
);

/** Calls `work(signal)` once the element has come into sight; what this returns calls it off. */
export function whenInSight(element, work) {
  const stop = new AbortController();
  works.set(element, async () => stop.signal.aborted || (await work(stop.signal)));
  watch.observe(element);
  return () => {
    stop.abort();
    watch.unobserve(element);
  };
}

async function next() {
  if (atWork >= AT_ONCE || !waiting.length) return;
  atWork += 1;
  try {
    await waiting.shift()();
  } finally {
    atWork -= 1;
    next();
  }
}
