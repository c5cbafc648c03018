// What can be done with a webhook, in its list and on its page: each asks first.
import { useState } from "preact/hooks";
import { Text } from "../acts/fields.jsx";
import { deleteWebhook, newSecret, replay, tryWebhook, updateWebhook } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { when } from "../parts/format.js";
import { t } from "../texts/index.js";
import { AskDialog, SecretDialog } from "./asking.jsx";
import { useFacts } from "./fields.jsx";
import { sentOf, shownOf, WebhookDialog } from "./webhook_form.jsx";

/** `done(what, body)` hears what was done; `open(what, webhook)` asks. */
export function useWebhookActs(done) {
  const [asked, setAsked] = useState();
  const close = () => setAsked(undefined);
  const open = (kind, webhook) => setAsked({ kind, webhook });
  const finish = (kind) => (body) => {
    setAsked(body.secret && { kind: "secret", body });
    done(kind, body);
  };
  const items = (webhook) => [
    { label: t("act.edit.short"), icon: "edit", act: () => open("edit", webhook) },
    webhook.disabled && { label: t("webhook.enable"), icon: "check", act: () => open("enable", webhook) },
    { label: t("webhook.test"), icon: "publish", act: () => open("test", webhook) },
    { label: t("webhook.replay"), icon: "revert", act: () => open("replay", webhook) },
    { label: t("webhook.rotate"), icon: "shield", act: () => open("rotate", webhook) },
    { label: t("act.delete"), icon: "close", act: () => open("delete", webhook) },
  ];
  return { open, items, dialog: asked && <Asked {...asked} close={close} finish={finish} done={done} /> };
}

const ACTS = {
  enable: (webhook) => updateWebhook(webhook, sentOf(shownOf(webhook))),
  test: (webhook) => tryWebhook(webhook.webhookId),
  rotate: (webhook) => newSecret(webhook.webhookId),
  delete: (webhook) => deleteWebhook(webhook.webhookId),
};

function Asked({ kind, webhook, body, close, finish, done }) {
  if (kind === "secret") return <Secret body={body} close={close} />;
  if (kind === "replay") return <ReplayDialog webhook={webhook} close={close} done={finish(kind)} />;
  const again = () => {
    close();
    done("look");
  };
  if (kind === "new" || kind === "edit") {
    return <WebhookDialog webhook={webhook} close={close} done={finish(kind)} again={again} />;
  }
  return (
    <AskDialog
      title={t(`webhook.${kind}.title`)}
      what={t(`webhook.${kind}.what`)}
      label={t(kind === "delete" ? "act.delete" : `webhook.${kind}`)}
      kind={kind === "delete" ? "danger" : undefined}
      said={kind === "rotate" ? undefined : t(`webhook.${kind}.done`)}
      act={() => ACTS[kind](webhook)}
      again={again}
      close={close}
      done={finish(kind)}
    >
      <p class="detail">
        <bdi>{webhook.url}</bdi>
      </p>
    </AskDialog>
  );
}

function Secret({ body, close }) {
  const { previousUntil: until } = body;
  return (
    <SecretDialog
      title={t("webhook.secret.title")}
      label={t("webhook.secret")}
      what={until ? t("webhook.secret.both", { until: when(until) }) : t("webhook.secret.what")}
      secret={body.secret}
      close={close}
    />
  );
}

/** All that happened in a stretch of time, as long as it takes: the API sends 500 at a time. */
function ReplayDialog({ webhook, close, done }) {
  const [span, set] = useFacts(() => ({ from: localMinute(-24), to: localMinute(0) }));
  const [sent, setSent] = useState(0);
  const bad = !span.from || !span.to || span.from >= span.to;
  const send = async () => {
    let count = 0;
    for (let from = new Date(span.from).toISOString(); from; ) {
      const { body } = await replay(webhook.webhookId, from, new Date(span.to).toISOString());
      count += body.count;
      setSent(count);
      from = body.next;
    }
    return { status: 200, body: { count } };
  };
  return (
    <AskDialog
      title={t("webhook.replay.title")}
      what={t("webhook.replay.what")}
      label={t("webhook.replay")}
      act={send}
      disabled={bad}
      close={close}
      done={(body) => {
        say(t("webhook.replayed", { count: body.count }));
        done(body);
      }}
    >
      <div class="pair">
        <Text
          label={t("webhook.from")}
          type="datetime-local"
          value={span.from}
          change={(from) => set({ from })}
        />
        <Text label={t("webhook.to")} type="datetime-local" value={span.to} change={(to) => set({ to })} />
      </div>
      <p class="hint" role="status">
        {bad ? t("webhook.span") : sent > 0 && t("webhook.replayed", { count: sent })}
      </p>
    </AskDialog>
  );
}

function localMinute(hours) {
  const at = new Date(Date.now() + hours * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
