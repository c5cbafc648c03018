// To send what a dialog asks for, follow the job that may come of it, and say how it went.
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { beginAnew } from "../api/http.js";
import { followJob } from "../api/jobs.js";
import { Button, Notice } from "../parts/basics.jsx";
import { isConflict, Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { attend, leave } from "./attended.js";
import { JobProgress } from "./job_progress.jsx";
import { Seen } from "./seen.js";
import { wrongField } from "./wrong.js";

const ACCEPTED = 202;

/**
 * `run()` calls `act()`; `done(body)` hears of the end, be it of the request or of its job. A refusal that names
 * one of `fields` is shown there, by `at(field)`.
 */
export function useSubmit(where, act, done, { fields = [] } = {}) {
  const [state, setState] = useState({});
  const stop = useRef(new AbortController());
  useEffect(() => {
    beginAnew();
    return () => stop.current.abort();
  }, []);
  const isBusy = useRef(false);
  const run = async (how) => {
    if (isBusy.current) return; // a second click, before the button has heard of the first one
    const { signal } = stop.current;
    isBusy.current = true;
    setState({ busy: true });
    try {
      const { status, body } = await act(how);
      const end = status === ACCEPTED ? await ended(where, body.operationId, setState, signal) : body;
      if (signal.aborted) return;
      setState({});
      done(end);
    } catch (error) {
      if (!signal.aborted) setState({ error });
    } finally {
      isBusy.current = false;
    }
  };
  const wrong = wrongField(state.error, fields);
  const at = (field) => (wrong?.field === field ? wrong.text : undefined);
  return { ...state, run, wrong, at, clear: () => setState({}) };
}

/** The job once it has succeeded. */
export async function ended(where, operationId, tell, signal) {
  attend(operationId);
  try {
    const job = await followJob(where, operationId, (at) => tell({ busy: true, job: at }), signal);
    if (job.state === "succeeded") return job;
    throw Object.assign(new Error(job.error ?? ""), { job: job.state, status: undefined });
  } finally {
    leave(operationId, !signal.aborted); // whoever closes the dialog finds it on the page
  }
}

/** How far the job is, and what went wrong; `again` looks anew where the page's own look is not enough. */
export function Progress({ where, submit, again, close }) {
  const { rev, look } = useContext(Seen);
  const { job, error, wrong } = submit;
  const lookAgain = () => {
    submit.clear();
    if (again) return again();
    look?.();
    return close?.();
  };
  if (error?.job === "cancelled") return <Notice title={t("job.cancelled")} />;
  return (
    <>
      {job && <JobProgress where={where} job={job} />}
      {!wrong && (
        <Refusal
          error={error}
          where={where}
          rev={rev}
          again={isConflict(error) && (again || look) ? lookAgain : undefined}
        />
      )}
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

/** The end of a dialog that has told what came out. */
export function Ending({ close }) {
  const foot = useRef();
  useEffect(() => foot.current.querySelector("button").focus(), []);
  return (
    <footer ref={foot}>
      <Button kind="primary" onClick={close}>
        {t("close")}
      </Button>
    </footer>
  );
}

export function Form({ submit, how, children }) {
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit.run(how);
      }}
    >
      {children}
    </form>
  );
}
