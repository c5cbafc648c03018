// To archive an asset, bring it back, or delete it for good; each may have a reason, which its history keeps.
import { useState } from "preact/hooks";
import { archiveAsset, deleteAsset, unarchiveAsset } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { isolated } from "../parts/format.js";
import { t } from "../texts/index.js";
import { Text } from "./fields.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const LONGEST = 256;
const SENT = {
  archiveAsset: (where, reason) => archiveAsset(where, { confirmArchive: true, reason }),
  unarchiveAsset: (where, reason) => unarchiveAsset(where, { confirmUnarchive: true, reason }),
  deleteAsset: (where, reason) => deleteAsset(where, { confirmPermanentDelete: true, reason }),
};

export function AssetEndDialog({ kind, where, asset, close, done }) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const forGood = kind === "deleteAsset";
  const { assetId: id } = asset;
  const name = isolated(asset.assetName);
  const submit = useSubmit(
    where,
    () => SENT[kind](where, reason),
    () => {
      say(t(`act.${kind}.done`, { name }));
      done(forGood ? { gone: id } : {});
    },
    { fields: ["reason"] },
  );
  return (
    <Dialog title={t(`act.${kind}.title`, { name })} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <p>{t(`act.${kind}.what`)}</p>
        {forGood && (
          <ul class="points">
            <li>{t("act.deleteAsset.goes")}</li>
            <li>{t("act.deleteAsset.bytes")}</li>
            <li>{t("act.deleteAsset.id")}</li>
          </ul>
        )}
        <Text
          label={t("field.reason")}
          hint={t(forGood ? "act.deleteAsset.reason" : "field.reason.hint")}
          most={LONGEST}
          value={reason}
          change={setReason}
          error={submit.at("reason")}
        />
        {forGood && (
          <Text
            label={t("act.deleteAsset.type", { id: isolated(id) })}
            most={LONGEST}
            value={typed}
            change={setTyped}
          />
        )}
        <Progress where={where} submit={submit} close={close} />
        <Feet
          submit={submit}
          close={close}
          kind={forGood ? "danger" : "primary"}
          label={t(`act.${kind}`)}
          disabled={forGood && typed.trim() !== id}
        />
      </Form>
    </Dialog>
  );
}
