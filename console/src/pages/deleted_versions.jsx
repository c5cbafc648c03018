// The versions of an asset that were deleted: no list has them any more, but its history does.
import { usePages } from "../api/load.js";
import { listHistory } from "../api/past.js";
import { Busy, Button, Empty, States, Time } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Who } from "../parts/who.jsx";
import { t } from "../texts/index.js";
import { says } from "./timeline.js";

const DELETED = "version.deleted";
const MOST_EVENTS = 5_000;

export function DeletedVersions({ where, rev, text, author }) {
  const events = usePages((how) => listHistory(where, how), [where, rev], { all: true, most: MOST_EVENTS });
  const deleted = events.items.filter(
    ({ event, version, createdBy }) =>
      event === DELETED &&
      (!author || createdBy === author) &&
      says({ Version: version.Version, createdBy, versionAliases: [] }, text),
  );
  return (
    <>
      <Refusal error={events.error} where={where} again={events.reload} />
      {deleted.length > 0 && <p class="lead unsaid">{t("timeline.deleted.what")}</p>}
      <ol class="timeline" aria-label={t("timeline.show.deleted")}>
        {deleted.map((one) => (
          <li class="version-row gone" key={one.eventId}>
            <div class="version-main">
              <p class="version-line">
                <strong>{t("version.short", { number: one.version.Version })}</strong>
                <States version={{ state: "deleted" }} />
              </p>
              <p class="version-who">
                {t("timeline.deleted.by")} <Who name={one.createdBy} /> · <Time at={one.dateCreated} />
              </p>
            </div>
          </li>
        ))}
      </ol>
      {events.loading && <Busy />}
      {!events.done && !events.loading && !events.error && (
        <div class="center">
          <Button onClick={events.more}>{t("timeline.more")}</Button>
        </div>
      )}
      {events.done && !deleted.length && <Empty icon="check" title={t("timeline.deleted.none")} />}
    </>
  );
}
