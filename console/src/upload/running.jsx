// An upload under way and its end: how far it is, what failed and why, the version that came of it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { wrongField } from "../acts/wrong.js";
import { links } from "../app/router.js";
import { Button, ButtonLink, Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { upload } from "./now.js";
import { paceOf } from "./pace_text.js";
import { Rows } from "./rows.jsx";
import { useVersion, VersionFields } from "./version_form.jsx";

export function Running({ now }) {
  const { run, phase } = now;
  const head = useRef();
  // Whoever began it by keys goes on here: the button is gone.
  useEffect(() => head.current.focus({ preventScroll: true }), [phase]);
  return (
    <div class="upload-run">
      <section class="upload-card" aria-labelledby="upload-phase">
        <h2 id="upload-phase" ref={head} tabIndex={-1}>
          {t(`upload.phase.${phase}`, { count: run.files.length })}
        </h2>
        <Phase now={now} />
      </section>
      <Outcomes now={now} />
    </div>
  );
}

function Phase({ now }) {
  const { run, phase, error } = now;
  if (phase === "sending" || phase === "versioning") return <Going now={now} />;
  if (phase === "unversioned") return <Unversioned now={now} />;
  const again = (
    <Button kind="primary" onClick={() => run.again()}>
      {t("upload.again")}
    </Button>
  );
  return (
    <>
      {now.sentFiles > 0 && <p role="status">{t("upload.sent", { count: now.sentFiles })}</p>}
      {phase === "stopped" && <Refusal error={error} where={run.where} />}
      {phase === "failed" && <Notice kind="warning" title={t("upload.failed", { count: now.failedFiles })} />}
      <Refusal error={phase === "done" && now.versionError} where={run.where} />
      <div class="actions">
        {(phase === "stopped" || phase === "failed") && again}
        {phase === "failed" && now.sentFiles > 0 && run.version.wanted && (
          <Button onClick={() => run.makeVersion()}>{t("upload.versionWithout")}</Button>
        )}
        <After now={now} />
      </div>
    </>
  );
}

/** Where to go from here. */
function After({ now: { run, phase, made } }) {
  const { database, asset } = run.where;
  return (
    <>
      {made && (
        <ButtonLink kind="primary" href={links.version(database, asset, made)}>
          {t("version.title", { number: made })}
        </ButtonLink>
      )}
      {phase !== "stopped" && (
        <>
          <ButtonLink icon="folder" href={links.working(database, asset)}>
            {t("working.title")}
          </ButtonLink>
          <Button icon="upload" onClick={() => (upload.value = undefined)}>
            {t("upload.more")}
          </Button>
        </>
      )}
      {phase === "stopped" && <Button onClick={() => run.cancel()}>{t("upload.giveUp")}</Button>}
    </>
  );
}

function Going({ now }) {
  const { run, job } = now;
  const [asks, setAsks] = useState(false);
  const isSending = now.phase === "sending";
  return (
    <>
      <progress
        max={isSending ? run.total || 1 : job?.total || undefined}
        value={isSending ? now.bytes : job?.total ? job.done : undefined}
        aria-label={t("upload.progress")}
      />
      <p class="upload-pace">
        <span>{paceOf(now)}</span>
        <span>{t("upload.count", { done: now.sentFiles, count: run.files.length })}</span>
      </p>
      {now.isOffline && <Notice kind="warning" title={t("upload.offline")} />}
      <p class="unsaid">{t("upload.stay")}</p>
      {isSending && (
        <div class="actions">
          <Button onClick={() => setAsks(true)}>{t("upload.cancel")}</Button>
        </div>
      )}
      {asks && <CancelDialog run={run} close={() => setAsks(false)} />}
    </>
  );
}

function CancelDialog({ run, close }) {
  const stop = (event) => {
    event.preventDefault();
    close();
    run.cancel();
  };
  return (
    <Dialog title={t("upload.cancel.title")} close={close}>
      <form method="dialog" onSubmit={stop}>
        <p>{t("upload.cancel.what")}</p>
        <footer>
          <Button onClick={close}>{t("upload.cancel.not")}</Button>
          <button type="submit" class="button primary">
            {t("upload.cancel")}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** All is sent, and the version could not be made: what is to be said of it may be changed. */
function Unversioned({ now }) {
  const { run, versionError: error } = now;
  const version = useVersion(false, run.version);
  return (
    <form
      class="upload-side"
      onSubmit={(event) => {
        event.preventDefault();
        run.makeVersion(version.said);
      }}
    >
      <p role="status">{t("upload.sent", { count: now.sentFiles })}</p>
      {!wrongField(error, ["comment", "versionAliases"]) && <Refusal error={error} where={run.where} />}
      <VersionFields version={version} error={error} />
      <div class="actions">
        <button type="submit" class="button primary" disabled={Boolean(version.wrong)}>
          {t("act.create")}
        </button>
        <After now={now} />
      </div>
    </form>
  );
}

function Outcomes({ now }) {
  const { run, phase, sentFiles, failedFiles } = now;
  const rows = useMemo(() => outcomesOf(run), [run, phase, sentFiles, failedFiles]);
  const counts = { failed: 0, waiting: 0, sent: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return <Rows rows={rows} counts={counts} label={t("upload.outcomes")} />;
}

/** A row each, first of what failed. */
function outcomesOf(run) {
  const rows = run.files.map((row) => {
    const { state, why, said, error } = run.outcome(row.path);
    return {
      path: row.path,
      size: row.size,
      kind: state,
      why: error ? undefined : why,
      said: said ?? error?.message,
    };
  });
  return rows.sort((one, other) => (other.kind === "failed") - (one.kind === "failed"));
}
