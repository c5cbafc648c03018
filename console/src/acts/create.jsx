// A new version of the files as they are now.
import { useState } from "preact/hooks";
import { createVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { AliasNames } from "./aliases.jsx";
import { Text, useNames } from "./fields.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function CreateDialog({ where, close, done }) {
  const [comment, setComment] = useState("");
  const aliases = useNames([]);
  const body = { comment, ...(aliases.all.length && { versionAliases: aliases.all }) };
  const submit = useSubmit(
    where,
    () => createVersion(where, body),
    (made) => {
      say(t("act.create.done", { number: made.assetVersionId }));
      done({ number: made.assetVersionId });
    },
    { fields: ["comment", "versionAliases"] },
  );
  return (
    <Dialog title={t("act.create")} close={close} locked={submit.busy && !submit.job}>
      <Form submit={submit}>
        <p>{t("act.create.what")}</p>
        <Text
          label={t("field.comment")}
          hint={t("field.comment.hint")}
          rows={3}
          value={comment}
          change={setComment}
          error={submit.at("comment")}
        />
        <AliasNames label={t("field.alias")} names={aliases} error={submit.at("versionAliases")} />
        <Progress where={where} submit={submit} />
        <Feet submit={submit} close={close} label={t("act.create")} />
      </Form>
    </Dialog>
  );
}
