// To ask once before something is done, and to tell a secret once: it is kept nowhere.
import { useEffect, useRef, useState } from "preact/hooks";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { say } from "../app/toast.jsx";
import { Button, Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";

/**
 * `act()` is what is asked about, `done(body)` hears that it is done; `said` is told to the person. `again` looks
 * at the newest state where somebody was first.
 */
export function AskDialog({ title, what, label, said, act, done, close, again, kind, disabled, children }) {
  const submit = useSubmit(undefined, act, (body) => {
    if (said) say(said);
    done(body);
  });
  return (
    <Dialog title={title} close={close} locked={submit.busy}>
      <Form submit={submit}>
        {what && <p class="detail">{what}</p>}
        {children}
        <Progress submit={submit} again={again} />
        <Feet submit={submit} close={close} label={label} kind={kind} disabled={disabled} />
      </Form>
    </Dialog>
  );
}

/** It is left by its button alone: who closes it by a slip could not see the secret again. */
export function SecretDialog({ title, label, secret, what, close }) {
  const field = useRef();
  const [copied, setCopied] = useState(false);
  useEffect(() => field.current.focus(), []);
  const copy = async () => {
    field.current.select();
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      // The browser keeps its clipboard to itself: what is to be copied is chosen already.
    }
  };
  return (
    <Dialog title={title} close={close} locked>
      <div class="dialog-body">
        <Notice kind="warning" title={t("secret.once")} />
        <p>{what}</p>
        <div class="with-button">
          <input
            class="secret"
            ref={field}
            readOnly
            value={secret}
            aria-label={label}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button kind="primary" onClick={copy}>
            {t("secret.copy")}
          </Button>
        </div>
        <p class="hint" role="status">
          {copied && t("secret.copied")}
        </p>
        <footer>
          <Button onClick={close}>{t("secret.done")}</Button>
        </footer>
      </div>
    </Dialog>
  );
}
