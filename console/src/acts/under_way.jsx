// The jobs on an asset that this browser has begun: each with its progress until it ends, then with its outcome.
import { useEffect, useState } from "preact/hooks";
import { attended, begun, forget, jobsOf } from "../api/begun.js";
import { followJob } from "../api/jobs.js";
import { save } from "../api/links.js";
import { links } from "../app/router.js";
import { Button, ButtonLink, Notice } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { JobProgress } from "./job_progress.jsx";
import { Proof } from "./verify.jsx";

// What is not there, or not to be seen any more, is no job of ours.
const GONE = new Set([400, 403, 404]);

export function UnderWay({ where, done }) {
  const [ended, setEnded] = useState([]);
  const mine = jobsOf(begun.value, person.value?.name, where).filter(
    (one) => !attended.value.includes(one.operationId),
  );
  if (!mine.length && !ended.length) return null;
  const end = (entry, job) => {
    setEnded((before) => [...before, { entry, job }]);
    forget(entry.operationId);
    done();
  };
  return (
    <section class="under-way" aria-label={t("jobs")}>
      {mine.map((entry) => (
        <Job
          key={entry.operationId}
          where={where}
          entry={entry}
          end={(job) => (job ? end(entry, job) : forget(entry.operationId))}
        />
      ))}
      {ended.map(({ entry, job }) => (
        <Outcome
          key={entry.operationId}
          where={where}
          entry={entry}
          job={job}
          close={() => setEnded(ended.filter((one) => one.job !== job))}
        />
      ))}
    </section>
  );
}

const titleOf = ({ kind, number }) => t(`job.${kind}`, { number });

function Job({ where, entry, end }) {
  const [{ job, error }, setState] = useState({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const tell = (at) => setState({ job: at });
    followJob(where, entry.operationId, tell, stop.signal).then(
      (last) => stop.signal.aborted || end(last),
      (refused) => {
        if (stop.signal.aborted) return;
        if (GONE.has(refused.status)) end();
        else setState({ error: refused });
      },
    );
    return () => stop.abort();
  }, [round]);
  if (error) return <Refusal error={error} where={where} again={() => setRound(round + 1)} />;
  return (
    <Notice title={titleOf(entry)}>
      {job ? <JobProgress where={where} job={job} /> : <p role="status">{t("job.pending")}</p>}
    </Notice>
  );
}

function Outcome({ where, entry, job, close }) {
  const { kind } = entry;
  const number = job.assetVersionId;
  const done = job.state === "succeeded";
  const actions = (
    <>
      {done && kind === "zip" && job.zip?.downloadUrl && (
        <Button icon="download" onClick={() => save(job.zip.downloadUrl)}>
          {t("download")}
        </Button>
      )}
      {done && number && number !== entry.number && (
        <ButtonLink href={links.version(where.database, where.asset, number)}>
          {t("version.title", { number })}
        </ButtonLink>
      )}
      <Button kind="bare" icon="close" aria-label={t("close")} onClick={close} />
    </>
  );
  return (
    <Notice kind={job.state === "failed" ? "error" : "info"} title={titleOf(entry)} actions={actions}>
      <p role="status">{t(`job.is.${job.state}`)}</p>
      {job.error && <p class="detail">{job.error}</p>}
      {done && kind === "zip" && job.zip && <p>{t("act.zip.ready", { size: size(job.zip.size) })}</p>}
      {done && kind === "verify" && job.report && <Proof found={job.report} />}
    </Notice>
  );
}
