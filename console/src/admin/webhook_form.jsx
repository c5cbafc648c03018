// To make a webhook, or to change one: where it sends to, what of, and which assets it is about.
import { useState } from "preact/hooks";
import { Feet, Form, useSubmit } from "../acts/submit.jsx";
import { createWebhook, updateWebhook } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { ALL, group, KINDS, toggled } from "./event_kinds.js";
import { Check, Failure, Text, useFacts, Words, withTyped } from "./fields.jsx";
import { Places } from "./places.jsx";
import { problemAt } from "./problem.js";

const FIELDS = ["url", "events", "databaseId", "assetId", "tags", "description"];
const NEW = { url: "", events: ["version.*"], databaseId: "", assetId: "", tags: [], description: "" };

export function WebhookDialog({ webhook, close, done, again }) {
  const [facts, set] = useFacts(() => ({ ...NEW, ...(webhook && shownOf(webhook)) }));
  const [typed, type] = useState("");
  const body = sentOf({ ...facts, tags: withTyped(facts.tags, typed) });
  const submit = useSubmit(
    undefined,
    () => (webhook ? updateWebhook(webhook, body) : createWebhook(body)),
    (made) => {
      say(t(webhook ? "webhook.changed" : "webhook.made"));
      done(made);
    },
  );
  const error = submit.error;
  return (
    <Dialog
      title={t(webhook ? "webhook.edit" : "webhook.new")}
      close={close}
      locked={submit.busy}
      wide={!webhook || undefined}
    >
      <Form submit={submit}>
        {webhook?.disabled && <Notice kind="warning" title={t("webhook.enables")} />}
        <Text
          label={t("webhook.url")}
          hint={t("webhook.url.hint")}
          error={problemAt(error, "url")}
          value={facts.url}
          inputMode="url"
          maxLength={2000}
          change={(url) => set({ url: url.trim() })}
        />
        <Events
          events={facts.events}
          change={(events) => set({ events })}
          error={problemAt(error, "events")}
        />
        <Places
          database={facts.databaseId}
          asset={facts.assetId}
          hint={t("webhook.places.hint")}
          error={error}
          change={({ database = facts.databaseId, asset = facts.assetId }) =>
            set({ databaseId: database, assetId: asset })
          }
        />
        <Words
          label={t("webhook.tags")}
          hint={t("webhook.tags.hint")}
          words={facts.tags}
          change={(tags) => set({ tags })}
          typed={typed}
          type={type}
          error={problemAt(error, "tags")}
        />
        <Text
          label={t("field.description")}
          error={problemAt(error, "description")}
          value={facts.description}
          maxLength={256}
          change={(description) => set({ description })}
        />
        <Failure error={error} fields={FIELDS} again={again} />
        <Feet
          submit={submit}
          close={close}
          label={t(webhook ? "act.save" : "webhook.make")}
          disabled={!facts.url || !facts.events.length}
        />
      </Form>
    </Dialog>
  );
}

export function shownOf(webhook) {
  const { url, events, tags, description } = webhook;
  return {
    url,
    events,
    tags,
    description,
    databaseId: webhook.databaseId ?? "",
    assetId: webhook.assetId ?? "",
  };
}

/** An empty name is none. */
export function sentOf({ databaseId, assetId, ...facts }) {
  return { ...facts, ...(databaseId && { databaseId }), ...(assetId && { assetId }) };
}

function Events({ events, change, error }) {
  const all = events.includes(ALL);
  const flip = (name) => (on) => change(toggled(events, name, on));
  return (
    <fieldset class="choices">
      <legend>{t("webhook.events")}</legend>
      <Check label={t("event.all")} checked={all} change={(on) => change(on ? [ALL] : ["version.*"])} />
      {!all && (
        <div class="event-groups">
          {Object.entries(KINDS).map(([name, kinds]) => {
            const whole = events.includes(group(name));
            const some = kinds.filter((kind) => events.includes(`${name}.${kind}`));
            return (
              <div class="event-group" key={name}>
                <Check label={t(`event.group.${name}`)} checked={whole} change={flip(group(name))} />
                {!whole && (
                  <details open={some.length > 0}>
                    <summary>
                      {some.length ? t("event.some", { count: some.length }) : t("event.choose")}
                    </summary>
                    <div class="event-kinds">
                      {kinds.map((kind) => (
                        <Check
                          key={kind}
                          label={<code>{`${name}.${kind}`}</code>}
                          checked={some.includes(kind)}
                          change={flip(`${name}.${kind}`)}
                        />
                      ))}
                    </div>
                  </details>
                )}
              </div>
            );
          })}
        </div>
      )}
      {error && <p class="hint wrong">{error}</p>}
    </fieldset>
  );
}
