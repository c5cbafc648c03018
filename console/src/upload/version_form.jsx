// What is to be said of the version that comes of an upload.
import { Field } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { isAlias } from "./names.js";

export const NOTHING_SAID = { wanted: true, comment: "", alias: "" };

/** As it is sent: an alias that was left out is none. */
export const toSay = (version) => ({ ...version, alias: version.alias.trim() });

export const canSay = ({ wanted, byItself, alias }) =>
  !(wanted || byItself) || !alias.trim() || isAlias(alias.trim());

/** `version` is `{wanted, byItself, comment, alias}`; with `byItself` one comes whether wanted or not. */
export function VersionFields({ version, change, error }) {
  const { comment, alias } = version;
  const isWrong = alias.trim() !== "" && !isAlias(alias.trim());
  return (
    <>
      <Field label={t("field.comment")} hint={t("field.comment.hint")}>
        {(id, hint) => (
          <textarea
            id={id}
            aria-describedby={hint}
            rows={3}
            maxLength={1024}
            value={comment}
            onInput={(event) => change({ comment: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t("field.alias")}
        hint={t("field.alias.hint")}
        error={isWrong ? t("upload.aliasWrong") : error}
      >
        {(id, hint) => (
          <input
            id={id}
            aria-describedby={hint}
            aria-invalid={isWrong || Boolean(error)}
            maxLength={64}
            value={alias}
            autocomplete="off"
            onInput={(event) => change({ alias: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

export function VersionWish({ version, change }) {
  return (
    <section class="upload-side" aria-label={t("upload.version")}>
      {version.byItself ? (
        <p>{t("upload.version.byItself")}</p>
      ) : (
        <label class="check">
          <input
            type="checkbox"
            checked={version.wanted}
            onChange={(event) => change({ wanted: event.currentTarget.checked })}
          />
          {t("upload.version.wanted")}
        </label>
      )}
      {(version.wanted || version.byItself) && <VersionFields version={version} change={change} />}
    </section>
  );
}
