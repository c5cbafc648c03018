// One webhook, and how each delivery went.
import { useEffect, useState } from "preact/hooks";
import { getWebhook, listDeliveries, redeliver } from "../api/admin.js";
import { pause } from "../api/http.js";
import { useLoad, usePages } from "../api/load.js";
import { go, links } from "../app/router.js";
import { Heading, Refused } from "../pages/heading.jsx";
import { Busy, Button, Empty, Notice, Time } from "../parts/basics.jsx";
import { count, when } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { AskDialog } from "./asking.jsx";
import { isWaiting, merged } from "./deliveries.js";
import { useWebhookActs } from "./webhook_acts.jsx";
import { About, EventWords, WebhookState } from "./webhooks.jsx";

// So long and so often somebody who sent something sees what comes of it; later they ask.
const LOOK_SECONDS = 1;
const LOOKS = 30;

export function WebhookPage({ webhook: id }) {
  const { data: webhook, error, reload } = useLoad((signal) => getWebhook(id, signal), [id]);
  const [round, setRound] = useState(0);
  const look = () => setRound((before) => before + 1);
  const acts = useWebhookActs((kind) => {
    if (kind === "delete") go(links.webhooks());
    else if (kind === "test" || kind === "replay") look();
    else reload();
  });
  if (error && !webhook) return <Refused title={t("webhooks.title")} error={error} again={reload} />;
  if (!webhook) return <Busy />;
  return (
    <>
      <Heading
        title={receiverOf(webhook)}
        eyebrow={<a href={links.webhooks()}>{t("webhooks.title")}</a>}
        actions={
          <>
            <Button icon="publish" onClick={() => acts.open("test", webhook)}>
              {t("webhook.test")}
            </Button>
            <Menu label={t("webhook.menu", { url: webhook.url })} items={acts.items(webhook)} kind="plain" />
          </>
        }
      >
        <p class="detail">
          <bdi>{webhook.url}</bdi>
        </p>
        {webhook.description && (
          <p class="lead">
            <bdi>{webhook.description}</bdi>
          </p>
        )}
        <p class="facts">
          <WebhookState webhook={webhook} />
          <EventWords events={webhook.events} />
          <About webhook={webhook} />
          <span>
            {t("webhook.owner")} <bdi>{webhook.createdBy}</bdi> · <Time at={webhook.dateCreated} />
          </span>
        </p>
      </Heading>
      <Health webhook={webhook} enable={() => acts.open("enable", webhook)} />
      <Deliveries id={id} round={round} look={look} settled={reload} />
      {acts.dialog}
    </>
  );
}

/** An address may be known to its receiver alone: the title of the page goes into the browser's history. */
function receiverOf({ url }) {
  try {
    return new URL(url).host;
  } catch {
    return t("webhooks.title");
  }
}

function Health({ webhook, enable }) {
  if (webhook.disabled) {
    return (
      <Notice
        kind="warning"
        title={t("webhook.disabled")}
        actions={<Button onClick={enable}>{t("webhook.enable")}</Button>}
      >
        <p class="detail">
          <bdi>{webhook.disabled}</bdi>
        </p>
        <p>{t("webhook.disabled.next")}</p>
      </Notice>
    );
  }
  if (!webhook.failingSince) return null;
  return (
    <Notice kind="warning" title={t("webhook.failing", { since: when(webhook.failingSince) })}>
      <p>{t("webhook.failing.next")}</p>
    </Notice>
  );
}

function Deliveries({ id, round, look, settled }) {
  const pages = usePages((how) => listDeliveries(id, how), [id], { most: 50 });
  const { items, error } = useFresh(id, pages.items, round, settled);
  const [asked, setAsked] = useState();
  return (
    <section class="stack" aria-label={t("deliveries")}>
      <div class="filters">
        <h2>{t("deliveries")}</h2>
        <Button kind="link" onClick={look}>
          {t("deliveries.look")}
        </Button>
      </div>
      <Refusal error={pages.error ?? error} again={pages.error ? pages.reload : look} />
      <ol class="rows">
        {items.map((one) => (
          <Delivery key={one.deliveryId} delivery={one} again={() => setAsked(one)} />
        ))}
      </ol>
      {pages.loading && <Busy />}
      {!pages.done && !pages.loading && !pages.error && (
        <div class="center">
          <Button onClick={pages.more}>{t("deliveries.more")}</Button>
        </div>
      )}
      {pages.done && !items.length && (
        <Empty icon="publish" title={t("deliveries.none")}>
          <p>{t("deliveries.none.next")}</p>
        </Empty>
      )}
      {asked && (
        <AskDialog
          title={t("redeliver.title")}
          what={t("redeliver.what")}
          label={t("redeliver")}
          said={t("redeliver.done")}
          act={() => redeliver(id, asked.deliveryId)}
          close={() => setAsked(undefined)}
          done={() => {
            setAsked(undefined);
            look();
          }}
        />
      )}
    </section>
  );
}

/** After each `round` the newest deliveries are asked for until none of them waits; `settled()` hears of that. */
function useFresh(id, items, round, settled) {
  const [fresh, setFresh] = useState({ items: [] });
  useEffect(() => {
    if (!round) return undefined;
    const stop = new AbortController();
    watch(id, stop.signal, (found) => setFresh({ items: found })).then(settled, (error) => {
      if (!stop.signal.aborted) setFresh((before) => ({ ...before, error }));
    });
    return () => stop.abort();
  }, [round]);
  return { items: merged(items, fresh.items), error: fresh.error };
}

async function watch(id, signal, tell) {
  for (let left = LOOKS; left > 0; left--) {
    const { items } = await listDeliveries(id, { signal });
    tell(items);
    if (!items.some(isWaiting)) return;
    await pause(LOOK_SECONDS, signal);
  }
}

function Delivery({ delivery, again }) {
  const { state, status, attempts, answer, problem } = delivery;
  const facts = [
    status !== null && t("delivery.status", { status: String(status) }),
    delivery.milliseconds !== null && t("delivery.took", { milliseconds: delivery.milliseconds }),
    attempts > 0 && t("delivery.attempts", { count: attempts }),
  ].filter(Boolean);
  return (
    <li class="row-card">
      <details class="delivery">
        <summary>
          <Icon name="chevron" />
          <span class={`state ${STATE_LOOKS[state]}`}>{t(`delivery.${state}`)}</span>
          <code>{delivery.event}</code>
          {delivery.assetId && <bdi class="detail">{`${delivery.databaseId} / ${delivery.assetId}`}</bdi>}
          <span class="facts">
            {facts.map((text) => (
              <span key={text}>{text}</span>
            ))}
            <Time at={delivery.lastAttempt ?? delivery.nextAttempt} />
          </span>
        </summary>
        <div class="delivery-body">
          <p>{t(`delivery.${state}.what`)}</p>
          {delivery.nextAttempt && <p>{t("delivery.next", { when: when(delivery.nextAttempt) })}</p>}
          {problem && (
            <p class="detail">
              {t("delivery.problem")} <bdi>{problem}</bdi>
            </p>
          )}
          {answer && (
            <>
              <p>{t("delivery.answer", { count: count(answer.length) })}</p>
              <pre class="answer" tabIndex={0}>
                <bdi>{answer}</bdi>
              </pre>
            </>
          )}
          <p class="hint detail">
            {t("delivery.event")} <code>{delivery.eventId}</code>
          </p>
          {state !== "pending" && (
            <p>
              <Button icon="revert" onClick={again}>
                {t("redeliver")}
              </Button>
            </p>
          )}
        </div>
      </details>
    </li>
  );
}

const STATE_LOOKS = { pending: "current", delivered: "published", parked: "deleted", withheld: "archived" };
