// Whether all files of a version are there as they were: asked of the store, and told.
import { useState } from "preact/hooks";
import { verifyVersion } from "../api/store.js";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { count } from "../parts/format.js";
import { t } from "../texts/index.js";
import { Ending, Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function VerifyDialog({ where, version, close }) {
  const number = version.Version;
  const [found, setFound] = useState();
  const submit = useSubmit(
    where,
    () => verifyVersion(where, number, {}),
    (end) => setFound(end.report ?? end),
    { about: { kind: "verify", number } },
  );
  return (
    <Dialog title={t("act.verify.title", { number })} close={close} locked={submit.busy && !submit.job}>
      {found ? (
        <>
          <Notice kind={found.intact ? "good" : "error"}>
            <Proof found={found} />
          </Notice>
          <Ending close={close} />
        </>
      ) : (
        <Form submit={submit}>
          <p>{t("act.verify.what")}</p>
          <Progress where={where} submit={submit} close={close} />
          <Feet submit={submit} close={close} label={t("act.verify")} />
        </Form>
      )}
    </Dialog>
  );
}

/** What a verification has found. */
export function Proof({ found }) {
  if (found.intact) {
    return <p class="notice-title">{t("act.verify.intact", { count: found.checkedFiles })}</p>;
  }
  const named = found.missing.length + found.altered.length;
  return (
    <div class="proof">
      <p class="notice-title">
        {t("act.verify.wrong", { count: found.wrongFiles, all: count(found.checkedFiles) })}
      </p>
      <Wrong title={t("act.verify.missing")} paths={found.missing} />
      <Wrong title={t("act.verify.altered")} paths={found.altered} />
      <Wrong title={t("act.verify.damaged")} paths={found.damagedManifestParts} />
      {found.wrongFiles > named && (
        <p>{t("act.revert.others", { count: count(found.wrongFiles - named) })}</p>
      )}
      <p>{t("act.verify.next")}</p>
    </div>
  );
}

function Wrong({ title, paths }) {
  if (!paths?.length) return null;
  return (
    <>
      <p>{title}</p>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <bdi>{path}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
