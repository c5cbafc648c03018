// How far a job is, and the button that stops it.
import { useState } from "preact/hooks";
import { cancelJob } from "../api/store.js";
import { Button } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const ENDED_MEANWHILE = 409;

export function JobProgress({ where, job }) {
  const [error, setError] = useState();
  const stop = () =>
    cancelJob(where, job.operationId).catch(
      (refused) => refused.status === ENDED_MEANWHILE || setError(refused),
    );
  return (
    <>
      <div class="progress">
        <progress
          max={job.total || undefined}
          value={job.total ? job.done : undefined}
          aria-label={t("job")}
        />
        <p role="status">
          {job.total ? t("job.done", { done: job.done, total: job.total }) : t("job.pending")}
        </p>
        <Button kind="link" onClick={stop}>
          {t("job.cancel")}
        </Button>
      </div>
      <Refusal error={error} where={where} />
    </>
  );
}
