// To put files back as a version has them: what would happen is shown first, and holds only for that state.
import { useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { revertVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Busy, Notice } from "../parts/basics.jsx";
import { Dialog, Field } from "../parts/dialog.jsx";
import { count, size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const NAMED = 200;

export function RevertDialog({ where, version, paths, close, done }) {
  const number = version.Version;
  const chosen = paths && { paths };
  const plan = useLoad(() => revertVersion(where, number, { dryRun: true, ...chosen }), [number]);
  const [comment, setComment] = useState("");
  const [revertMetadata, setRevertMetadata] = useState(false);
  const [skipMissing, setSkipMissing] = useState(false);
  const missing = plan.data?.body.plan.missing.count ?? 0;
  const body = { comment, revertMetadata, skipMissing: missing > 0 && skipMissing, ...chosen };
  // Whoever moves the asset meanwhile makes this a 409: what was shown is what is done.
  const submit = useSubmit(
    where,
    () => revertVersion(where, number, body, plan.data.etag),
    (made) => {
      say(t("act.revert.done", { number, made: made.assetVersionId }));
      done({ number: made.assetVersionId });
    },
  );
  return (
    <Dialog title={t("act.revert.title", { number })} close={close} locked={submit.busy && !submit.job} wide>
      <Form submit={submit}>
        <p>{t(paths ? "act.revert.some" : "act.revert.what")}</p>
        {plan.error ? (
          <Refusal error={plan.error} where={where} again={plan.reload} />
        ) : plan.data ? (
          <Plan found={plan.data.body} />
        ) : (
          <Busy label={t("act.revert.planning")} />
        )}
        {missing > 0 && (
          <label class="check">
            <input
              type="checkbox"
              checked={skipMissing}
              onChange={(event) => setSkipMissing(event.currentTarget.checked)}
            />
            {t("act.revert.skip", { count: missing })}
          </label>
        )}
        <label class="check">
          <input
            type="checkbox"
            checked={revertMetadata}
            onChange={(event) => setRevertMetadata(event.currentTarget.checked)}
          />
          {t("act.revert.metadata")}
        </label>
        <Field label={t("field.comment")}>
          {(id) => (
            <textarea
              id={id}
              rows={2}
              maxLength={900}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          )}
        </Field>
        <Progress where={where} submit={submit} />
        <Feet
          submit={submit}
          close={close}
          label={t("act.revert")}
          disabled={!plan.data || (missing > 0 && !skipMissing)}
        />
      </Form>
    </Dialog>
  );
}

function Plan({ found }) {
  const { plan, missingReasons, bytesToCopy } = found;
  if (!plan.copy.count && !plan.delete.count && !plan.missing.count) {
    return <Notice title={t("act.revert.nothing")} />;
  }
  return (
    <div class="plan" role="group" aria-label={t("act.revert.plan")}>
      <Paths kind="copy" group={plan.copy} more={size(bytesToCopy)} />
      <Paths kind="delete" group={plan.delete} />
      <Paths kind="missing" group={plan.missing} reasons={missingReasons} />
    </div>
  );
}

function Paths({ kind, group, more, reasons = {} }) {
  if (!group.count) return null;
  const shown = group.files.slice(0, NAMED);
  return (
    <details class={`plan-group ${kind}`} open={group.count <= 10}>
      <summary>
        {t(`act.revert.${kind}`, { count: group.count })}
        {more && ` · ${more}`}
      </summary>
      <ul>
        {shown.map((path) => (
          <li key={path}>
            <bdi>{path}</bdi>
            {reasons[path] && <span class="detail"> {reasons[path]}</span>}
          </li>
        ))}
        {group.count > shown.length && (
          <li class="unsaid">{t("act.revert.others", { count: count(group.count - shown.length) })}</li>
        )}
      </ul>
    </details>
  );
}
