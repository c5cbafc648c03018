// Who is told of an asset's versions: oneself by a button, others by whoever may update the asset.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad, useSend } from "../api/load.js";
import { listSubscribers, subscribe, unsubscribe } from "../api/people.js";
import { say } from "../app/toast.jsx";
import { Busy, Button } from "../parts/basics.jsx";
import { Field } from "../parts/dialog.jsx";
import { Icon } from "../parts/icons.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

export function SubscribeButton({ subscription }) {
  const { mine, toggle, busy } = subscription;
  return (
    <Button
      icon={mine ? "check" : "bell"}
      class="subscribe"
      aria-disabled={mine === undefined || busy}
      aria-pressed={Boolean(mine)}
      title={t(mine ? "subscribers.leave.what" : "subscribers.join.what")}
      onClick={() => mine === undefined || busy || toggle()}
    >
      {t(mine ? "subscribers.in" : "subscribers.join")}
    </Button>
  );
}

export function Subscribers({ where, subscription, may }) {
  const { data, error, reload } = useLoad(
    (signal) => listSubscribers(where, signal),
    [where, subscription.round],
  );
  const [names, setNames] = useState();
  const box = useRef();
  useEffect(() => {
    if (data) setNames(data);
  }, [data]);
  return (
    <section class="side-panel" aria-labelledby="subscribers" ref={box} tabIndex={-1}>
      <h2 id="subscribers">{t("subscribers")}</h2>
      <p class="hint">{t("subscribers.what")}</p>
      <Refusal error={error} where={where} again={reload} />
      {!names && !error && <Busy />}
      {names && (
        <Names
          where={where}
          names={names}
          may={may}
          name={subscription.name}
          done={() => {
            subscription.changed();
            box.current.focus();
          }}
        />
      )}
      {may && <Add where={where} subscription={subscription} />}
      {may === false && <p class="hint">{t("subscribers.mayNot")}</p>}
    </section>
  );
}

function Names({ where, names, may, name: mine, done }) {
  const removing = useSend(
    (name) => unsubscribe(where, [name]),
    (name) => {
      say(t("subscribers.removed", { name }));
      done();
    },
  );
  if (!names.length) return <p class="unsaid">{t("subscribers.none")}</p>;
  return (
    <>
      <ul class="people">
        {names.map((name) => (
          <li key={name}>
            <Icon name="people" />
            <bdi class="grow">{name}</bdi>
            {(may || name === mine) && (
              <Button
                icon="close"
                kind="bare tiny"
                disabled={removing.busy}
                aria-label={t("subscribers.remove", { name })}
                onClick={() => removing.run(name)}
              />
            )}
          </li>
        ))}
      </ul>
      <Refusal error={removing.error} where={where} />
    </>
  );
}

function Add({ where, subscription }) {
  const [name, setName] = useState("");
  const adding = useSend(
    (one) => subscribe(where, [one]),
    (one) => {
      say(t("subscribers.added", { name: one }));
      setName("");
      subscription.changed();
    },
  );
  const { error } = adding;
  const atField = error?.status === 400 || error?.status === 409;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) adding.run(name.trim());
      }}
    >
      <Field label={t("subscribers.add")} hint={t("subscribers.add.hint")} error={atField && error.message}>
        {(id, hint) => (
          <span class="with-button">
            <input
              id={id}
              aria-describedby={hint}
              aria-invalid={atField}
              maxLength={256}
              autocomplete="off"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <button type="submit" class="button" disabled={!name.trim() || adding.busy}>
              {t("act.edit.take")}
            </button>
          </span>
        )}
      </Field>
      {!atField && <Refusal error={error} where={where} />}
    </form>
  );
}
