// Where what happens is sent to: one's own webhooks, and everybody's for those who manage policy.

import { listWebhooks } from "../api/admin.js";
import { usePages } from "../api/load.js";
import { links } from "../app/router.js";
import { Heading } from "../pages/heading.jsx";
import { Busy, Button, Empty, Tags } from "../parts/basics.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { person } from "../session/session.js";
import { t } from "../texts/index.js";
import { useStaying } from "./fields.jsx";
import { useWebhookActs } from "./webhook_acts.jsx";

export function WebhooksPage() {
  const found = useStaying(usePages(listWebhooks, [], { all: true, most: 2000 }));
  const acts = useWebhookActs(found.reload);
  return (
    <>
      <Heading
        title={t("webhooks.title")}
        actions={
          <Button icon="plus" kind="primary" onClick={() => acts.open("new")}>
            {t("webhook.new")}
          </Button>
        }
      >
        <p class="lead">{t("webhooks.what")}</p>
      </Heading>
      <Refusal error={found.error} again={found.reload} />
      <ul class="rows">
        {found.items.map((one) => (
          <li class="row-card" key={one.webhookId}>
            <div class="row-main">
              <p class="row-title">
                <a class="row-link" href={links.webhook(one.webhookId)}>
                  <bdi>{one.url}</bdi>
                </a>
                <WebhookState webhook={one} />
              </p>
              {one.description && (
                <p>
                  <bdi>{one.description}</bdi>
                </p>
              )}
              <p class="facts">
                <EventWords events={one.events} />
                <About webhook={one} />
                {one.createdBy !== person.value.name && (
                  <span>
                    {t("webhook.owner")} <bdi>{one.createdBy}</bdi>
                  </span>
                )}
              </p>
            </div>
            <Menu label={t("webhook.menu", { url: one.url })} items={acts.items(one)} />
          </li>
        ))}
      </ul>
      {found.loading && !found.items.length && <Busy />}
      {found.done && !found.items.length && (
        <Empty icon="publish" title={t("webhooks.none")}>
          <p>{t("webhooks.none.next")}</p>
        </Empty>
      )}
      {acts.dialog}
    </>
  );
}

export function WebhookState({ webhook }) {
  if (webhook.disabled) return <span class="state deleted">{t("webhook.state.disabled")}</span>;
  if (webhook.failingSince) return <span class="state archived">{t("webhook.state.failing")}</span>;
  return <span class="state published">{t("webhook.state.on")}</span>;
}

export function EventWords({ events }) {
  return events.includes("*") ? <span>{t("event.all")}</span> : <Tags names={events} />;
}

export function About({ webhook }) {
  const { databaseId, assetId, tags } = webhook;
  return (
    <span>
      {databaseId ? (
        <bdi>{assetId ? `${databaseId} / ${assetId}` : databaseId}</bdi>
      ) : (
        t("webhook.everywhere")
      )}
      {tags.length > 0 && (
        <>
          {" "}
          {t("webhook.tagged")} <Tags names={tags} />
        </>
      )}
    </span>
  );
}
