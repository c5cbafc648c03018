// The jobs that are at work on an asset, whoever began them: each with its progress, then with its outcome.
import { useEffect, useRef, useState } from "preact/hooks";
import { AT_WORK, followJob } from "../api/jobs.js";
import { save } from "../api/links.js";
import { useLoad } from "../api/load.js";
import { listJobs } from "../api/store.js";
import { links } from "../app/router.js";
import { Button, ButtonLink, Notice, Time } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { Who } from "../parts/who.jsx";
import { t } from "../texts/index.js";
import { attended, left } from "./attended.js";
import { JobProgress } from "./job_progress.jsx";
import { Proof } from "./proof.jsx";

export function UnderWay({ where, done }) {
  const [ended, setEnded] = useState([]);
  const { data: jobs = [], reload } = useLoad((signal) => listJobs(where, signal), [where]);
  const known = useRef(left.value);
  useEffect(() => {
    if (known.current !== left.value) reload();
    known.current = left.value;
  }, [left.value]);
  const isEnded = (one) => ended.some((other) => other.operationId === one.operationId);
  const atWork = jobs.filter(
    (one) => AT_WORK.has(one.state) && !attended.value.includes(one.operationId) && !isEnded(one),
  );
  const shown = ended.filter((one) => !one.closed);
  if (!atWork.length && !shown.length) return null;
  const end = (job) => {
    setEnded((before) => [...before, job]);
    done();
  };
  const close = (job) =>
    setEnded((before) => before.map((one) => (one === job ? { ...one, closed: true } : one)));
  return (
    <section class="under-way" aria-label={t("jobs")}>
      {atWork.map((one) => (
        <Job key={one.operationId} where={where} listed={one} end={end} />
      ))}
      {shown.map((one) => (
        <Outcome key={one.operationId} where={where} job={one} close={() => close(one)} />
      ))}
    </section>
  );
}

function Job({ where, listed, end }) {
  const [{ job = listed, error }, setState] = useState({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const tell = (at) => setState({ job: at });
    followJob(where, listed.operationId, tell, stop.signal).then(
      (last) => stop.signal.aborted || end({ ...last, Version: listed.Version }),
      (refused) => stop.signal.aborted || setState({ error: refused }),
    );
    return () => stop.abort();
  }, [round]);
  if (error) return <Refusal error={error} where={where} again={() => setRound(round + 1)} />;
  return (
    <Notice title={t(`job.is.${listed.operation}`)}>
      <p>
        <Who name={listed.createdBy} /> · <Time at={listed.dateCreated} />
      </p>
      <JobProgress where={where} job={job} />
    </Notice>
  );
}

function Outcome({ where, job, close }) {
  const done = job.state === "succeeded";
  const number = job.assetVersionId;
  const actions = (
    <>
      {done && job.zip?.downloadUrl && (
        <Button icon="download" onClick={() => save(job.zip.downloadUrl)}>
          {t("download")}
        </Button>
      )}
      {done && number && (
        <ButtonLink href={links.version(where.database, where.asset, number)}>
          {t("version.title", { number })}
        </ButtonLink>
      )}
      <Button kind="bare" icon="close" aria-label={t("close")} onClick={close} />
    </>
  );
  return (
    <Notice
      kind={{ succeeded: "good", failed: "error" }[job.state]}
      title={t(`job.was.${job.operation}`)}
      actions={actions}
    >
      <p role="status">{t(`job.${job.state}`)}</p>
      {job.error && <p class="detail">{job.error}</p>}
      {done && job.zip && <p>{t("act.zip.ready", { size: size(job.zip.size) })}</p>}
      {done && job.operation === "verify" && job.report && <Proof found={job.report} />}
    </Notice>
  );
}
