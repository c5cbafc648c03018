// The comment of a version and its aliases; one that another version has moves only when that is said.
import { useContext, useState } from "preact/hooks";
import { updateVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { AliasNames, holdersOf } from "./aliases.jsx";
import { Text, useNames } from "./fields.jsx";
import { Seen } from "./seen.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function EditDialog({ where, version, close, done }) {
  const number = version.Version;
  const { rev } = useContext(Seen);
  const [comment, setComment] = useState(version.comment);
  const aliases = useNames(version.versionAliases);
  const [holders, setHolders] = useState([]);
  const [moved, setMoved] = useState(false);
  const { all } = aliases;
  // To move is what was agreed to for these names, and for no others that are typed afterwards.
  const taken = holders.filter(({ name }) => all.includes(name));
  const body = {
    ...(comment !== version.comment && { comment }),
    ...(String(all) !== String(version.versionAliases) && {
      versionAliases: all,
      moveAlias: taken.length > 0,
    }),
  };
  const save = async () => {
    setMoved(taken.length > 0);
    try {
      return await updateVersion(where, number, body, rev === undefined ? undefined : `"${rev}"`);
    } catch (error) {
      const fresh = all.filter((name) => !version.versionAliases.includes(name));
      if (error.status === 409 && fresh.length) setHolders(await holdersOf(where, fresh, number));
      throw error;
    }
  };
  const submit = useSubmit(
    where,
    save,
    () => {
      say(t("act.edit.done", { number }));
      done({ number });
    },
    { fields: taken.length ? ["comment"] : ["comment", "versionAliases"] },
  );
  return (
    <Dialog title={t("act.edit.title", { number })} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("field.comment")}
          rows={3}
          value={comment}
          change={setComment}
          error={submit.at("comment")}
        />
        <AliasNames label={t("act.edit.add")} names={aliases} error={submit.at("versionAliases")} />
        {taken.length > 0 && !moved ? (
          <Notice kind="warning" title={t("act.edit.taken", { count: taken.length })}>
            <ul>
              {taken.map((one) => (
                <li key={one.name}>
                  <bdi>{one.name}</bdi> {t("act.edit.holder", { number: one.number })}
                </li>
              ))}
            </ul>
          </Notice>
        ) : (
          <Progress where={where} submit={submit} />
        )}
        <Feet
          submit={submit}
          close={close}
          label={taken.length ? t("act.edit.move", { count: taken.length }) : t("act.save")}
          disabled={!Object.keys(body).length}
        />
      </Form>
    </Dialog>
  );
}
