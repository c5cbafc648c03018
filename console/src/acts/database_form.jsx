// A new database, with what it takes.
import { useState } from "preact/hooks";
import { createDatabase } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Description } from "./asset_form.jsx";
import { Check, Text } from "./fields.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const LONGEST = 63;
const FIELDS = ["databaseId", "description", "restrictFileUploadsToExtensions"];

export function DatabaseDialog({ close, done }) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [types, setTypes] = useState("");
  const [portable, setPortable] = useState(false);
  const body = {
    databaseId: name.trim(),
    description,
    portableNames: portable,
    ...(types.trim() && { restrictFileUploadsToExtensions: types.trim() }),
  };
  const submit = useSubmit(
    {},
    () => createDatabase(body),
    (made) => {
      say(t("act.newDatabase.done", { name: made.databaseId }));
      done({ database: made.databaseId });
    },
    { fields: FIELDS },
  );
  return (
    <Dialog title={t("act.newDatabase")} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("field.name")}
          hint={t("act.newDatabase.name")}
          most={LONGEST}
          required
          value={name}
          change={setName}
          error={submit.at("databaseId")}
        />
        <Description value={description} change={setDescription} error={submit.at("description")} />
        <Text
          label={t("act.newDatabase.types")}
          hint={t("act.newDatabase.types.hint")}
          value={types}
          change={setTypes}
          error={submit.at("restrictFileUploadsToExtensions")}
        />
        <Check value={portable} change={setPortable}>
          {t("act.newDatabase.portable")}
        </Check>
        <Progress where={{}} submit={submit} />
        <Feet submit={submit} close={close} label={t("act.newDatabase.make")} />
      </Form>
    </Dialog>
  );
}
