// To delete a version for good: it says what goes and what stays, and wants the number typed.
import { useState } from "preact/hooks";
import { deleteVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Text } from "./fields.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function DeleteDialog({ where, version, close, done }) {
  const number = version.Version;
  const [typed, setTyped] = useState("");
  const submit = useSubmit(
    where,
    () => deleteVersion(where, number),
    () => {
      say(t("act.delete.done", { number }));
      done({ gone: number });
    },
  );
  const aliases = version.versionAliases;
  return (
    <Dialog title={t("act.delete.title", { number })} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <p>{t("act.delete.what")}</p>
        <ul class="points">
          <li>{t("act.delete.stays")}</li>
          <li>{t("act.delete.goes")}</li>
          <li>{t("act.delete.number")}</li>
          {aliases.length > 0 && (
            <li>
              {t("act.delete.aliases", { count: aliases.length })} <bdi>{aliases.join(", ")}</bdi>
            </li>
          )}
          {version.isCurrent && <li>{t("act.delete.current")}</li>}
          {version.state === "published" && <li>{t("act.delete.published")}</li>}
        </ul>
        <Text
          label={t("act.delete.type", { number })}
          value={typed}
          change={setTyped}
          most={20}
          inputMode="numeric"
        />
        <Progress where={where} submit={submit} close={close} />
        <Feet
          submit={submit}
          close={close}
          kind="danger"
          label={t("act.delete")}
          disabled={typed.trim() !== number}
        />
      </Form>
    </Dialog>
  );
}
