// What was changed of policy, and which writes were refused, newest first.
import { listPolicyEvents } from "../api/admin.js";
import { usePages } from "../api/load.js";
import { Busy, Button, Empty, Time } from "../parts/basics.jsx";
import { Icon } from "../parts/icons.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const KNOWN = ["rule", "role", "membership", "token"].flatMap((thing) =>
  ["created", "changed", "deleted"].map((how) => `${thing}.${how}`),
);

const DETAILS = ["route", "path", "rule", "reason", "before", "after"];

export function Audit() {
  const events = usePages(listPolicyEvents, [], { most: 50 });
  return (
    <section class="stack" aria-label={t("access.audit")}>
      <Refusal error={events.error} again={events.reload} />
      <ol class="rows">
        {events.items.map((one) => (
          <li class="row-card" key={one.eventId}>
            <details class="delivery">
              <summary>
                <Icon name="chevron" />
                <span class={one.event === "write.refused" ? "state deleted" : "state"}>
                  {wordOf(one.event)}
                </span>
                <bdi class="detail">{nameOf(one)}</bdi>
                <span class="facts">
                  <bdi>{one.userId}</bdi> <Time at={one.timestamp} />
                </span>
              </summary>
              <dl class="delivery-body details">
                {Object.entries(one.detail)
                  .filter(([, value]) => value)
                  .map(([name, value]) => (
                    <div key={name}>
                      <dt>{DETAILS.includes(name) ? t(`audit.${name}`) : name}</dt>
                      <dd>
                        <pre class="answer" tabIndex={0}>
                          <bdi>{laidOut(value)}</bdi>
                        </pre>
                      </dd>
                    </div>
                  ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
      {events.loading && <Busy />}
      {!events.done && !events.loading && !events.error && (
        <div class="center">
          <Button onClick={events.more}>{t("audit.more")}</Button>
        </div>
      )}
      {events.done && !events.items.length && <Empty icon="text" title={t("audit.none")} />}
    </section>
  );
}

/** What it is about, as people call it: a token has a name, its id says nothing. */
function nameOf({ event, subject, detail }) {
  if (detail.route ?? detail.receiver) return detail.route ?? detail.receiver;
  return event.startsWith("token.") ? (read(detail.after ?? detail.before)?.name ?? subject) : subject;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a plain word
  }
}

function laidOut(text) {
  const found = read(text);
  return found && typeof found === "object" ? JSON.stringify(found, null, 2) : text;
}

function wordOf(kind) {
  if (kind === "write.refused") return t("audit.refused");
  if (kind === "webhook.disabled") return t("audit.disabled");
  return KNOWN.includes(kind) ? t(`audit.${kind}`) : kind;
}
