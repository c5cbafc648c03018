// The jobs that this browser has begun and not yet seen the end of: a page that is loaded anew shows them again.
import { signal } from "@preact/signals";

const KEPT = "jobs";
// A job counts for a day; the archive that one packs is there for a week.
const DAYS = 7;

/** Each `{person, database, asset, operationId, kind, number, begun}`. */
export const begun = signal(read());
/** Those that a dialog follows, which need no second place on the page. */
export const attended = signal([]);

if (typeof addEventListener === "function") {
  addEventListener("storage", ({ key }) => {
    if (key === KEPT) begun.value = read();
  });
}

export function remember(job) {
  keep([...read(), { ...job, begun: Date.now() }]);
}

export function forget(operationId) {
  keep(read().filter((one) => one.operationId !== operationId));
}

export function attend(operationId) {
  attended.value = [...attended.peek(), operationId];
}

export function leave(operationId) {
  attended.value = attended.peek().filter((one) => one !== operationId);
}

/** Those of one person and one asset, oldest first: another one who signs in here is shown none of them. */
export function jobsOf(jobs, person, { database, asset }) {
  return jobs.filter((one) => one.person === person && one.database === database && one.asset === asset);
}

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return found.filter((one) => Date.now() - one.begun < DAYS * 86_400_000);
  } catch {
    return []; // kept by an older page, or by hand
  }
}

function keep(jobs) {
  localStorage.setItem(KEPT, JSON.stringify(jobs));
  begun.value = jobs;
}
