// A new version of the files as they are now.
import { useState } from "preact/hooks";
import { createVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog, Field } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function CreateDialog({ where, close, done }) {
  const [comment, setComment] = useState("");
  const [alias, setAlias] = useState("");
  const body = { comment, ...(alias.trim() && { versionAlias: alias.trim() }) };
  const submit = useSubmit(
    where,
    () => createVersion(where, body),
    (made) => {
      say(t("act.create.done", { number: made.assetVersionId }));
      done({ number: made.assetVersionId });
    },
  );
  return (
    <Dialog title={t("act.create")} close={close} locked={submit.busy && !submit.job}>
      <Form submit={submit}>
        <p>{t("act.create.what")}</p>
        <Field label={t("field.comment")} hint={t("field.comment.hint")}>
          {(id, hint) => (
            <textarea
              id={id}
              aria-describedby={hint}
              rows={3}
              maxLength={1024}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("field.alias")} hint={t("field.alias.hint")}>
          {(id, hint) => (
            <input
              id={id}
              aria-describedby={hint}
              maxLength={64}
              value={alias}
              autocomplete="off"
              onInput={(event) => setAlias(event.currentTarget.value)}
            />
          )}
        </Field>
        <Progress where={where} submit={submit} />
        <Feet submit={submit} close={close} label={t("act.create")} />
      </Form>
    </Dialog>
  );
}
