// A new asset, and what is said of one that is there: name, description, tags, whether its files are given out.
import { useContext, useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { createAsset, listTags, updateAsset } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { isolated } from "../parts/format.js";
import { t } from "../texts/index.js";
import { Check, Names, Text, useNames } from "./fields.jsx";
import { Seen } from "./seen.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const LONGEST = 256;
const MOST_TAGS = 50;
const FIELDS = ["assetId", "assetName", "description", "tags"];

/** To make one (`asset` is left out) or to change one. */
export function AssetDialog({ where, asset, close, done }) {
  const { rev } = useContext(Seen);
  const [name, setName] = useState(asset?.assetName ?? "");
  const [id, setId] = useState("");
  const [description, setDescription] = useState(asset?.description ?? "");
  const [distributable, setDistributable] = useState(asset?.isDistributable ?? true);
  const tags = useNames(asset?.tags ?? []);
  const known = useLoad((signal) => listTags(signal), []);
  const said = { assetName: name, description, isDistributable: distributable, tags: tags.all };
  const changed = asset
    ? Object.fromEntries(Object.entries(said).filter(([key, value]) => String(value) !== String(asset[key])))
    : { ...said, ...(id.trim() && { assetId: id.trim() }) };
  const submit = useSubmit(
    where,
    () => (asset ? updateAsset(where, changed, rev && `"${rev}"`) : createAsset(where.database, changed)),
    (made) => {
      say(t(asset ? "act.editAsset.done" : "act.newAsset.done", { name: isolated(name) }));
      done({ asset: made.assetId });
    },
    { fields: FIELDS },
  );
  const title = t(asset ? "act.editAsset" : "act.newAsset");
  return (
    <Dialog title={title} close={close} locked={submit.busy}>
      <Form submit={submit}>
        <Text
          label={t("field.name")}
          most={LONGEST}
          required
          value={name}
          change={setName}
          error={submit.at("assetName")}
        />
        {!asset && (
          <Text
            label={t("field.id")}
            hint={t("field.id.hint")}
            most={LONGEST}
            value={id}
            change={setId}
            error={submit.at("assetId")}
          />
        )}
        <Description value={description} change={setDescription} error={submit.at("description")} />
        <Names
          label={t("field.tag")}
          error={submit.at("tags")}
          names={tags}
          list={t("assets.tags")}
          most={MOST_TAGS}
          longest={LONGEST}
          known={(known.data ?? []).map((one) => one.tagName)}
          dropping={(tag) => t("field.tag.drop", { name: tag })}
        />
        <Check value={distributable} change={setDistributable}>
          {t("field.distributable")}
        </Check>
        <Progress where={where} submit={submit} />
        <Feet
          submit={submit}
          close={close}
          label={asset ? t("act.save") : t("act.newAsset.make")}
          disabled={!Object.keys(changed).length}
        />
      </Form>
    </Dialog>
  );
}

export function Description({ value, change, error }) {
  return (
    <Text
      label={t("field.description")}
      hint={t("field.description.hint")}
      rows={2}
      most={LONGEST}
      minLength={4}
      required
      value={value}
      change={change}
      error={error}
    />
  );
}
