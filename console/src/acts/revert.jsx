// To put files back as a version has them: what would happen is shown first, and holds only for that state.
import { useState } from "preact/hooks";
import { revertVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Check, Text } from "./fields.jsx";
import { Plan, usePlan } from "./plan.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function RevertDialog({ where, version, paths, close, done }) {
  const number = version.Version;
  const chosen = paths && { paths };
  const plan = usePlan(where, number, chosen);
  const [comment, setComment] = useState("");
  const [revertMetadata, setRevertMetadata] = useState(false);
  const [skipMissing, setSkipMissing] = useState(false);
  const { missing } = plan;
  const body = { comment, revertMetadata, skipMissing: missing > 0 && skipMissing, ...chosen };
  // Whoever moves the asset meanwhile makes this a 409: what was shown is what is done.
  const submit = useSubmit(
    where,
    () => revertVersion(where, number, body, plan.data.etag),
    (made) => {
      say(t("act.revert.done", { number, made: made.assetVersionId }));
      done({ number: made.assetVersionId });
    },
    { fields: ["comment"] },
  );
  return (
    <Dialog
      title={t("act.revert.title", { number })}
      close={close}
      locked={submit.busy && !submit.job}
      wide
      reads
    >
      <Form submit={submit}>
        <p>{t(paths ? "act.revert.some" : "act.revert.what")}</p>
        <Plan where={where} plan={plan} same={t("act.revert.nothing")} />
        {missing > 0 && (
          <Check value={skipMissing} change={setSkipMissing}>
            {t("act.revert.skip", { count: missing })}
          </Check>
        )}
        <Check value={revertMetadata} change={setRevertMetadata}>
          {t("act.revert.metadata")}
        </Check>
        <Text
          label={t("field.comment")}
          rows={2}
          most={900}
          value={comment}
          change={setComment}
          error={submit.at("comment")}
        />
        <Progress where={where} submit={submit} again={plan.reload} />
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
