// One question with what comes of it: to publish, protect, archive or bring back a version.
import { archiveVersion, publishVersion, unarchiveVersion, updateVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

const SENT = {
  publish: publishVersion,
  archive: archiveVersion,
  unarchive: unarchiveVersion,
  protect: (where, number) => updateVersion(where, number, { isProtected: true }),
  unprotect: (where, number) => updateVersion(where, number, { isProtected: false }),
};

export function ConfirmDialog({ kind, where, version, close, done }) {
  const number = version.Version;
  const submit = useSubmit(
    where,
    () => SENT[kind](where, number),
    () => {
      say(t(`act.${kind}.done`, { number }));
      done({ number });
    },
  );
  return (
    <Dialog title={t(`act.${kind}.title`, { number })} close={close} locked={submit.busy && !submit.job}>
      <Form submit={submit}>
        <p>{t(`act.${kind}.what`)}</p>
        <Progress where={where} submit={submit} close={close} />
        <Feet submit={submit} close={close} label={t(`act.${kind}`)} />
      </Form>
    </Dialog>
  );
}
