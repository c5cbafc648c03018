// What takes long goes on without us: ask how far it is, less often the longer it takes.
import { pause } from "./http.js";
import { getJob } from "./store.js";

export const AT_WORK = new Set(["pending", "running"]);
const FIRST_SECONDS = 0.5;
const LAST_SECONDS = 5;

/** The job once it has ended; `tell` hears of each look. */
export async function followJob(where, operationId, tell, signal) {
  for (let wait = FIRST_SECONDS; ; wait = Math.min(wait * 1.5, LAST_SECONDS)) {
    const job = await getJob(where, operationId, signal);
    tell(job);
    if (!AT_WORK.has(job.state)) return job;
    await pause(wait, signal);
  }
}
