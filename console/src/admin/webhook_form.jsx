// To make a webhook, or to change one: where it sends to, what of, and which assets it is about.
import { useState } from "preact/hooks";
import { Check, Names, Text, useNames } from "../acts/fields.jsx";
import { Feet, Form, Progress, useSubmit } from "../acts/submit.jsx";
import { createWebhook, updateWebhook } from "../api/admin.js";
import { say } from "../app/toast.jsx";
import { Notice } from "../parts/basics.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { t } from "../texts/index.js";
import { ALL, group, KINDS, toggled } from "./event_kinds.js";
import { useFacts, Wrong } from "./fields.jsx";
import { Places } from "./places.jsx";

const FIELDS = ["url", "events", "databaseId", "assetId", "tags", "description"];
const NEW = { url: "", events: ["version.*"], databaseId: "", assetId: "", tags: [], description: "" };

export function WebhookDialog({ webhook, close, done, again }) {
  const [facts, set] = useFacts(() => ({ ...NEW, ...(webhook && shownOf(webhook)) }));
  const tags = useNames(facts.tags);
  const body = sentOf({ ...facts, tags: tags.all });
  const submit = useSubmit(
    undefined,
    () => (webhook ? updateWebhook(webhook, body) : createWebhook(body)),
    (made) => {
      say(t(webhook ? "webhook.changed" : "webhook.made"));
      done(made);
    },
    { fields: FIELDS },
  );
  return (
    <Dialog title={t(webhook ? "webhook.edit" : "webhook.new")} close={close} locked={submit.busy} wide>
      <Form submit={submit}>
        {webhook?.disabled && <Notice kind="warning" title={t("webhook.enables")} />}
        <Text
          label={t("webhook.url")}
          hint={t("webhook.url.hint")}
          error={submit.at("url")}
          value={facts.url}
          inputMode="url"
          most={2000}
          change={(url) => set({ url: url.trim() })}
        />
        <Events events={facts.events} change={(events) => set({ events })} error={submit.at("events")} />
        <Places
          database={facts.databaseId}
          asset={facts.assetId}
          hint={t("webhook.places.hint")}
          at={submit.at}
          change={({ database = facts.databaseId, asset = facts.assetId }) =>
            set({ databaseId: database, assetId: asset })
          }
        />
        <Names
          label={t("webhook.tags")}
          hint={t("webhook.tags.hint")}
          error={submit.at("tags")}
          names={tags}
          list={t("webhook.tags")}
          most={50}
          longest={256}
          dropping={(word) => t("admin.drop", { word })}
        />
        <Text
          label={t("field.description")}
          error={submit.at("description")}
          value={facts.description}
          most={256}
          change={(description) => set({ description })}
        />
        <Progress submit={submit} again={again} />
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
      <Check value={all} change={(on) => change(on ? [ALL] : ["version.*"])}>
        {t("event.all")}
      </Check>
      {!all && (
        <div class="event-groups">
          {Object.keys(KINDS).map((name) => (
            <EventGroup key={name} name={name} events={events} flip={flip} />
          ))}
        </div>
      )}
      <Wrong text={error} />
    </fieldset>
  );
}

function EventGroup({ name, events, flip }) {
  const whole = events.includes(group(name));
  const some = KINDS[name].filter((kind) => events.includes(`${name}.${kind}`));
  // What somebody has opened does not close by itself when they take out the last one.
  const [open] = useState(some.length > 0);
  return (
    <div class="event-group">
      <Check value={whole} change={flip(group(name))}>
        {t(`event.group.${name}`)}
      </Check>
      {!whole && (
        <details open={open}>
          <summary>{some.length ? t("event.some", { count: some.length }) : t("event.choose")}</summary>
          <div class="event-kinds">
            {KINDS[name].map((kind) => (
              <Check key={kind} value={some.includes(kind)} change={flip(`${name}.${kind}`)}>
                <code>{`${name}.${kind}`}</code>
              </Check>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
