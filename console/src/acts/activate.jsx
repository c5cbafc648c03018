// To make an older version the current one, its files with it; what would change is shown first.
import { activateVersion } from "../api/store.js";
import { say } from "../app/toast.jsx";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { Plan, usePlan } from "./plan.jsx";
import { Feet, Form, Progress, useSubmit } from "./submit.jsx";

export function ActivateDialog({ where, version, close, done }) {
  const number = version.Version;
  const plan = usePlan(where, number);
  const submit = useSubmit(
    where,
    () => activateVersion(where, number, {}, plan.data.etag),
    () => {
      say(t("act.activate.done", { number }));
      done({ number });
    },
  );
  return (
    <Dialog
      title={t("act.activate.title", { number })}
      close={close}
      locked={submit.busy && !submit.job}
      wide
      reads
    >
      <Form submit={submit}>
        <p>{t("act.activate.what")}</p>
        <Plan where={where} plan={plan} same={t("act.activate.same")} />
        {plan.missing > 0 && <Notice kind="warning" title={t("act.activate.missing")} />}
        <Progress where={where} submit={submit} again={plan.reload} />
        <Feet
          submit={submit}
          close={close}
          label={t("act.activate")}
          disabled={!plan.data || plan.missing > 0}
        />
      </Form>
    </Dialog>
  );
}
