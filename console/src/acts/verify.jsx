// Whether all files of a version are there as they were: asked of the store, and told.
import { useState } from "preact/hooks";
import { verifyVersion } from "../api/store.js";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Proof } from "./proof.jsx";
import { Ending, Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function VerifyDialog({ where, version, close }) {
  const number = version.Version;
  const [found, setFound] = useState();
  const submit = useSubmit(
    where,
    () => verifyVersion(where, number, {}),
    (end) => setFound(end.report ?? end),
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
