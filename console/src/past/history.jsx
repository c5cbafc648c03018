// The history of an asset: what was live at a moment, and the journal of all that was done to it.
import { useState } from "preact/hooks";
import { usePages, useSearchOn } from "../api/load.js";
import { listHistory } from "../api/past.js";
import { askHere, links } from "../app/router.js";
import { Busy, Button, Empty } from "../parts/basics.jsx";
import { day } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { Select } from "../parts/select.jsx";
import { t } from "../texts/index.js";
import { EventRow } from "./event_row.jsx";
import { born, byDay, fits, KINDS, peopleOf } from "./events.js";
import { LiveAt } from "./live_at.jsx";

const STEP = 50;
const MOST = 5_000;

export function History({ where, asset, query }) {
  const found = usePages((how) => listHistory(where, how), [where, asset.rev]);
  const kind = KINDS.includes(query.kind) ? query.kind : "";
  const { who = "" } = query;
  const [wanted, setWanted] = useState(STEP);
  const events = found.done ? [...found.items, born(asset)] : found.items;
  const shown = events.filter((one) => fits(one, kind, who));
  const isFiltered = Boolean(kind || who);
  useSearchOn(found, shown.length, isFiltered ? wanted : 0, MOST);
  const more = () => {
    setWanted(shown.length + STEP);
    found.more();
  };
  const lookAt = (at) => links.asset(where.database, where.asset, { ...query, tab: "history", at });
  return (
    <div class="past">
      <LiveAt where={where} asset={asset} at={query.at} />
      <section class="journal" aria-labelledby="journal">
        <div class="filters">
          <h2 id="journal">{t("history.journal")}</h2>
          <Filters kind={kind} who={who} people={peopleOf(events)} />
        </div>
        <Refusal error={found.error} where={where} again={found.reload} />
        {byDay(shown, day).map(([name, events]) => (
          <section key={name} class="day">
            <h3>{name}</h3>
            <ol class="events">
              {events.map((event) => (
                <EventRow key={event.eventId} where={where} event={event} lookAt={lookAt} />
              ))}
            </ol>
          </section>
        ))}
        {found.loading && <Busy />}
        {found.done && !shown.length && <Empty icon="search" title={t("history.noHit")} />}
        {!found.done && !found.loading && !found.error && (
          <div class="center">
            <Button onClick={more}>{t("history.more")}</Button>
          </div>
        )}
      </section>
    </div>
  );
}

function Filters({ kind, who, people }) {
  const known = people.some(([id]) => id === who) || !who ? people : [...people, [who, who]];
  return (
    <>
      <Select
        label={t("timeline.show")}
        value={kind}
        options={["", ...KINDS].map((one) => [one, t(`history.kind.${one || "all"}`)])}
        change={(one) => askHere({ kind: one })}
      />
      <Select
        label={t("timeline.author")}
        value={who}
        options={[["", t("timeline.everyone")], ...known]}
        change={(one) => askHere({ who: one })}
      />
    </>
  );
}
