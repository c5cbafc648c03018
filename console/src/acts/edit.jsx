// The comment of a version and its aliases; one that another version has moves only when that is said.
import { useState } from "preact/hooks";
import { updateVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Button } from "../parts/basics.jsx";
import { Dialog, Field } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const MOST_ALIASES = 20;

export function EditDialog({ where, version, close, done }) {
  const number = version.Version;
  const [comment, setComment] = useState(version.comment);
  const [aliases, setAliases] = useState(version.versionAliases);
  const [typed, setTyped] = useState("");
  const [move, setMove] = useState(false);
  const all = typed.trim() && !aliases.includes(typed.trim()) ? [...aliases, typed.trim()] : aliases;
  const body = {
    ...(comment !== version.comment && { comment }),
    ...(String(all) !== String(version.versionAliases) && { versionAliases: all, moveAlias: move }),
  };
  const submit = useSubmit(
    where,
    () => updateVersion(where, number, body),
    () => {
      say(t("act.edit.done", { number }));
      done({ number });
    },
  );
  const add = () => {
    setAliases(all);
    setTyped("");
  };
  return (
    <Dialog title={t("act.edit.title", { number })} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Field label={t("field.comment")}>
          {(id) => (
            <textarea
              id={id}
              rows={3}
              maxLength={1024}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          )}
        </Field>
        {aliases.length > 0 && (
          <ul class="alias-list" aria-label={t("about.aliases")}>
            {aliases.map((name) => (
              <li key={name} class="alias">
                <bdi>{name}</bdi>
                <Button
                  icon="close"
                  kind="bare tiny"
                  aria-label={t("act.edit.drop", { name })}
                  onClick={() => setAliases(aliases.filter((one) => one !== name))}
                />
              </li>
            ))}
          </ul>
        )}
        {aliases.length < MOST_ALIASES && (
          <Field label={t("act.edit.add")} hint={t("field.alias.hint")}>
            {(id, hint) => (
              <span class="with-button">
                <input
                  id={id}
                  aria-describedby={hint}
                  maxLength={64}
                  value={typed}
                  autocomplete="off"
                  onInput={(event) => setTyped(event.currentTarget.value)}
                />
                <Button icon="plus" disabled={all === aliases} onClick={add}>
                  {t("act.edit.take")}
                </Button>
              </span>
            )}
          </Field>
        )}
        {submit.error?.status === 409 && (
          <label class="check">
            <input
              type="checkbox"
              checked={move}
              onChange={(event) => setMove(event.currentTarget.checked)}
            />
            {t("act.edit.move")}
          </label>
        )}
        <Progress where={where} submit={submit} />
        <Feet submit={submit} close={close} label={t("act.save")} disabled={!Object.keys(body).length} />
      </Form>
    </Dialog>
  );
}
