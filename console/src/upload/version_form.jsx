// What is to be said of the version that comes of an upload.
import { useState } from "preact/hooks";
import { AliasNames } from "../acts/aliases.jsx";
import { Check, Text, useNames } from "../acts/fields.jsx";
import { wrongField } from "../acts/wrong.js";
import { t } from "../texts/index.js";
import { isAlias } from "./names.js";

const NOTHING = { wanted: true, comment: "", aliases: [] };

/** What somebody says of it, beginning with what was said before; with `byItself` one comes whether wanted or not. */
export function useVersion(byItself, before = NOTHING) {
  const [wanted, setWanted] = useState(before.wanted);
  const [comment, setComment] = useState(before.comment);
  const names = useNames(before.aliases);
  const isWrong = !names.all.every(isAlias);
  const isSaid = wanted || byItself;
  return {
    byItself,
    wanted,
    setWanted,
    comment,
    setComment,
    names,
    isSaid,
    wrong: isSaid && isWrong ? t("upload.aliasWrong") : undefined,
    said: { byItself, wanted: wanted && !byItself, comment, aliases: names.all },
  };
}

/** `error` is what was said to an earlier try. */
export function VersionFields({ version, error }) {
  const wrong = wrongField(error, ["comment", "versionAliases"]);
  const at = (field) => (wrong?.field === field ? wrong.text : undefined);
  return (
    <>
      <Text
        label={t("field.comment")}
        hint={t("field.comment.hint")}
        rows={3}
        value={version.comment}
        change={version.setComment}
        error={at("comment")}
      />
      <AliasNames
        label={t("field.alias")}
        names={version.names}
        error={version.wrong ?? at("versionAliases")}
      />
    </>
  );
}

export function VersionWish({ version }) {
  return (
    <section class="upload-side" aria-label={t("upload.version")}>
      {version.byItself ? (
        <p>{t("upload.version.byItself")}</p>
      ) : (
        <Check value={version.wanted} change={version.setWanted}>
          {t("upload.version.wanted")}
        </Check>
      )}
      {version.isSaid && <VersionFields version={version} />}
    </section>
  );
}
