// One line of the journal: what was done to what, by whom, and which facts moved with it.
import { links } from "../app/router.js";
import { Said } from "../parts/basics.jsx";
import { clock, exactly } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { Who } from "../parts/who.jsx";
import { t } from "../texts/index.js";
import { fieldsOf, iconOf, movesOf, sentenceOf, taskOf, versionOf } from "./events.js";

const HIDDEN = new Set(["content", "variables"]); // their values say nothing to people

export function EventRow({ where, event, lookAt }) {
  const { details, dateCreated } = event;
  const number = versionOf(event);
  const values = { count: details.count ?? details.files, task: taskOf(event), event: event.event };
  return (
    <li class="event">
      <span class="event-mark">
        <Icon name={iconOf(event)} />
      </span>
      <div class="event-main">
        <p class="event-line">
          {number && <VersionLink where={where} number={number} />} {t(`event.${sentenceOf(event)}`, values)}
        </p>
        <Facts where={where} event={event} />
        {event.files?.length > 0 && <Files files={event.files} count={details.count} />}
        <p class="event-who">
          <Who name={event.createdBy} /> ·{" "}
          <time dateTime={dateCreated} title={exactly(dateCreated)}>
            {clock(dateCreated)}
          </time>
        </p>
      </div>
      <a
        class="button bare"
        href={lookAt(dateCreated)}
        aria-label={t("live.at", { at: exactly(dateCreated) })}
        title={t("live.at", { at: exactly(dateCreated) })}
      >
        <Icon name="clock" />
      </a>
    </li>
  );
}

export function VersionLink({ where, number }) {
  return (
    <a class="event-version" href={links.version(where.database, where.asset, number)}>
      {t("version.short", { number })}
    </a>
  );
}

function Facts({ where, event }) {
  const { details } = event;
  const facts = [
    details.source && [
      t("event.source"),
      <VersionLink key="v" where={where} number={String(details.source)} />,
    ],
    details.reason && [t("event.reason"), <Said key="r" text={details.reason} />],
    details.fields && [t("event.fields"), <bdi key="f">{named(event)}</bdi>],
    details.from && [t("event.from"), <bdi key="m">{details.from}</bdi>],
    details.to && [t("event.to"), <bdi key="t">{details.to}</bdi>],
    details.path && [t("event.path"), <bdi key="p">{details.path}</bdi>],
    ...movesOf(event).map((move) => [
      t(`event.move.${move.what}`, move),
      <Move key="c" where={where} move={move} />,
    ]),
  ].filter(Boolean);
  if (!facts.length) return null;
  return (
    <dl class="event-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const named = (event) =>
  fieldsOf(event)
    .map(([name, isKnown]) => (isKnown ? t(`event.field.${name}`) : name))
    .join(", ");

function Move({ where, move }) {
  const { what, before, after } = move;
  if (HIDDEN.has(what)) return t("event.changed");
  return (
    <>
      <Side where={where} what={what} value={before} /> <span aria-hidden="true">→</span>
      <span class="unseen">{t("event.then")}</span> <Side where={where} what={what} value={after} />
    </>
  );
}

function Side({ where, what, value }) {
  if (what === "comment") return <Said text={value} />;
  if (what === "protected") return t(`event.protected.${value}`);
  if (what === "state") return t(`state.${value}`);
  return value ? <VersionLink where={where} number={value} /> : <span class="unsaid">{t("nobody")}</span>;
}

function Files({ files, count }) {
  return (
    <details class="event-files">
      <summary>{t("event.files", { count: files.length })}</summary>
      <ul>
        {files.map(({ relativeKey, before, after }) => {
          const kind = !before ? "added" : after ? "changed" : "removed";
          return (
            <li key={relativeKey} class={kind}>
              <span class="change-mark" role="img" aria-label={t(`compare.kind.${kind}`)}>
                {{ added: "+", changed: "~", removed: "−" }[kind]}
              </span>
              <bdi>{relativeKey}</bdi>
            </li>
          );
        })}
        {count > files.length && (
          <li class="unsaid">{t("act.revert.others", { count: count - files.length })}</li>
        )}
      </ul>
    </details>
  );
}
