// To send what a dialog asks for, follow the job that may come of it, and say how it went.
import { useEffect, useRef, useState } from "preact/hooks";
import { followJob } from "../api/jobs.js";
import { cancelJob } from "../api/store.js";
import { Button } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const ACCEPTED = 202;

/** `run()` calls `act()`; `done(body)` hears of the end, be it of the request or of its job. */
export function useSubmit(where, act, done) {
  const [state, setState] = useState({});
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const run = async () => {
    setState({ busy: true });
    try {
      const { status, body } = await act();
      const end =
        status === ACCEPTED ? await ended(where, body.operationId, setState, stop.current.signal) : body;
      if (!stop.current.signal.aborted) done(end);
    } catch (error) {
      if (!stop.current.signal.aborted) setState({ error });
    }
  };
  return { ...state, run };
}

async function ended(where, operationId, setState, signal) {
  const job = await followJob(where, operationId, (at) => setState({ busy: true, job: at }), signal);
  if (job.state === "succeeded") return job;
  throw Object.assign(new Error(job.error ?? ""), { job: job.state, status: undefined });
}

export function Progress({ where, submit }) {
  const { job, error } = submit;
  return (
    <>
      {job && (
        <div class="progress">
          <progress
            max={job.total || undefined}
            value={job.total ? job.done : undefined}
            aria-label={t("job")}
          />
          <p role="status">
            {job.total ? t("job.done", { done: job.done, total: job.total }) : t("job.pending")}
          </p>
          <Button kind="link" onClick={() => cancelJob(where, job.operationId).catch(() => undefined)}>
            {t("job.cancel")}
          </Button>
        </div>
      )}
      <Refusal error={error} where={where} />
    </>
  );
}

/** The end of every dialog. */
export function Feet({ submit, close, label, kind = "primary", disabled }) {
  return (
    <footer>
      <Button onClick={close} disabled={submit.busy && !submit.job}>
        {t(submit.job ? "job.leave" : "cancel")}
      </Button>
      <button
        type="submit"
        class={`button ${kind}`}
        disabled={disabled || submit.busy}
        aria-busy={submit.busy}
      >
        <span>{submit.busy ? t("act.busy") : label}</span>
      </button>
    </footer>
  );
}

export function Form({ submit, children }) {
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit.run();
      }}
    >
      {children}
    </form>
  );
}
