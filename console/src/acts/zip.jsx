// All files of a version in one archive: packed by a job, then saved.
import { useState } from "preact/hooks";
import { save } from "../api/links.js";
import { zipVersion } from "../api/store.js";
import { Button, Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { size } from "../parts/format.js";
import { t } from "../texts/index.js";
import { Ending, Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function ZipDialog({ where, version, close }) {
  const number = version.Version;
  const [zip, setZip] = useState();
  const submit = useSubmit(
    where,
    () => zipVersion(where, number),
    (job) => {
      setZip(job.zip);
      if (job.zip.downloadUrl) save(job.zip.downloadUrl);
    },
  );
  return (
    <Dialog title={t("act.zip.title", { number })} close={close} locked={submit.busy && !submit.job}>
      {zip ? (
        <>
          {zip.downloadUrl ? (
            <Notice
              title={t("act.zip.ready", { size: size(zip.size) })}
              actions={
                <Button icon="download" onClick={() => save(zip.downloadUrl)}>
                  {t("download")}
                </Button>
              }
            />
          ) : (
            <Notice kind="error" title={t("asset.noLinks")} />
          )}
          <Ending close={close} />
        </>
      ) : (
        <Form submit={submit}>
          <p>{t("act.zip.what", { count: version.fileCount, size: size(version.totalSize) })}</p>
          <Progress where={where} submit={submit} close={close} />
          <Feet submit={submit} close={close} label={t("act.zip.pack")} />
        </Form>
      )}
    </Dialog>
  );
}
