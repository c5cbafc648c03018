// The files of now against the current version: what differs, who did it and when.
import { useMemo, useState } from "preact/hooks";
import { usePages } from "../api/load.js";
import { listChanges } from "../api/past.js";
import { compareVersions, listFiles } from "../api/store.js";
import { links } from "../app/router.js";
import { changesOf } from "../compare/changes.js";
import { Totals } from "../compare/totals.jsx";
import { Busy, Button, ButtonLink, Empty, Time } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { Who } from "../parts/who.jsx";
import { t } from "../texts/index.js";
import { countSame, rowsSince } from "./since.js";

const AT_ONCE = 200;
const MOST_NOTES = 5_000;
const MARKS = { added: "+", changed: "~", renamed: "→", removed: "−" };
const WAYS = new Set([
  "archive",
  "content",
  "copy",
  "delete",
  "move",
  "put",
  "restore",
  "revert",
  "unarchive",
  "upload",
]);

export function Since({ where, asset }) {
  const number = asset.currentVersion.Version;
  const isFirst = number === "0";
  const notes = usePages((how) => listChanges(where, how), [where, asset.rev], {
    all: true,
    most: MOST_NOTES,
  });
  const compared = usePages(
    (how) => (isFirst ? allNew(where, how) : compareVersions(where, number, "working", how)),
    [where, number, asset.rev],
  );
  const changes = useMemo(
    () => changesOf(compared.items, compared.first?.renames),
    [compared.items, compared.first],
  );
  const rows = rowsSince(changes, notes.items);
  const isBusy = notes.loading || (compared.loading && !compared.items.length);
  const isOver = !isBusy && compared.done && notes.done;
  const same = isFirst || !isOver ? 0 : countSame(changes, notes.items);
  const error = compared.error ?? notes.error;
  return (
    <section class="since" aria-label={t("since")}>
      <div class="since-head">
        <div class="grow">
          <h2>{isFirst ? t("since.first") : t("since.version", { number })}</h2>
          {compared.first?.totals && <Totals first={compared.first} />}
        </div>
        {rows.length > 0 && !isFirst && (
          <ButtonLink icon="compare" href={links.compare(where.database, where.asset, number, "working")}>
            {t("since.compare")}
          </ButtonLink>
        )}
      </div>
      <Refusal error={error} where={where} again={compared.error ? compared.reload : notes.reload} />
      {isBusy ? (
        <Busy label={t("since.loading")} />
      ) : (
        <Rows where={where} number={isFirst ? undefined : number} rows={rows} isTold={notes.done} />
      )}
      {isOver && !error && !rows.length && (
        <Empty
          icon={isFirst ? "folder" : "check"}
          title={isFirst ? t("since.noFiles") : t("since.none", { number })}
        />
      )}
      {!isBusy && !compared.done && !compared.error && (
        <div class="center">
          <Button onClick={compared.more} disabled={compared.loading}>
            {t("since.more", { count: compared.items.length })}
          </Button>
        </div>
      )}
      {same > 0 && <p class="hint">{t("since.same", { count: same, number })}</p>}
    </section>
  );
}

/** Before there is a version every file is new. */
async function allNew(where, how) {
  const { items, ...rest } = await listFiles(where, undefined, how);
  const files = items.filter((one) => !one.isFolder);
  return {
    ...rest,
    items: files.map((one) => ({ relativeKey: one.relativeKey, status: "added", a: null, b: one })),
  };
}

function Rows({ where, number, rows, isTold }) {
  const [shown, setShown] = useState(AT_ONCE);
  if (!rows.length) return null;
  return (
    <>
      <ul class="events">
        {rows.slice(0, shown).map((row) => (
          <Row key={row.path} where={where} number={number} row={row} isTold={isTold} />
        ))}
      </ul>
      {rows.length > shown && (
        <div class="center">
          <Button onClick={() => setShown(shown + AT_ONCE)}>
            {t("assets.more", { count: rows.length - shown })}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ where, number, row, isTold }) {
  const { path, kind, from, a, b, note } = row;
  return (
    <li class="since-row">
      <span class={`change-mark ${kind}`} role="img" aria-label={t(`compare.kind.${kind}`)}>
        {MARKS[kind]}
      </span>
      <div class="since-names">
        {number ? (
          <a href={links.compare(where.database, where.asset, number, "working", { file: path })}>
            <bdi>{path}</bdi>
          </a>
        ) : (
          <bdi>{path}</bdi>
        )}
        {kind === "renamed" && (
          <span class="unsaid">
            {t("compare.renamedFrom")} <bdi>{from}</bdi>
          </span>
        )}
      </div>
      <span class="amount">{size((b ?? a).size)}</span>
      <span class="since-who">
        {note ? (
          <>
            {t(`since.way.${WAYS.has(note.change) ? note.change : "other"}`)} · <Who name={note.by} /> ·{" "}
            <Time at={note.date} />
          </>
        ) : (
          isTold && t("since.unknown")
        )}
      </span>
    </li>
  );
}
