// A new draft with what a version has: files, content and variables.
import { useState } from "preact/hooks";
import { cloneVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Check, Text } from "./fields.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function CloneDialog({ where, version, close, done }) {
  const number = version.Version;
  const [comment, setComment] = useState("");
  const [publish, setPublish] = useState(false);
  const submit = useSubmit(
    where,
    () => cloneVersion(where, number, { comment, publish }),
    (made) => {
      say(t("act.clone.done", { number, made: made.assetVersionId }));
      done({ number: made.assetVersionId });
    },
    { fields: ["comment"] },
  );
  return (
    <Dialog title={t("act.clone.title", { number })} close={close} locked={submit.busy && !submit.job}>
      <Form submit={submit}>
        <p>{t("act.clone.what")}</p>
        <Text
          label={t("field.comment")}
          hint={t("field.comment.hint")}
          rows={3}
          value={comment}
          change={setComment}
          error={submit.at("comment")}
        />
        <Check value={publish} change={setPublish}>
          {t("act.clone.publish")}
        </Check>
        <Progress where={where} submit={submit} close={close} />
        <Feet submit={submit} close={close} label={t("act.clone")} />
      </Form>
    </Dialog>
  );
}
