// The upload under way, on every page but its own.
import { links, route } from "../app/router.js";
import { Button } from "../parts/basics.jsx";
import { Icon } from "../parts/icons.jsx";
import { t } from "../texts/index.js";
import { placeOf, upload } from "./now.js";
import { paceOf } from "./pace_text.js";

const ENDS = new Set(["stopped", "failed", "unversioned", "done"]);

export function Dock() {
  const now = upload.value;
  const { page, database, asset } = route.value;
  if (!now || now.phase === "cancelled" || (page === "upload" && placeOf({ database, asset }) === now.place))
    return null;
  const { run, phase } = now;
  const isOver = ENDS.has(phase);
  return (
    <aside class="dock" aria-label={t("upload.dock")}>
      <Icon name={phase === "done" ? "check" : isOver ? "warn" : "upload"} />
      <div class="grow">
        <p class="dock-title">
          <a href={links.upload(run.where.database, run.where.asset)}>{t(`upload.dock.${phase}`)}</a>{" "}
          <bdi>{run.name}</bdi>
        </p>
        {!isOver && (
          <>
            <progress max={run.total || 1} value={now.bytes} aria-label={t("upload.progress")} />
            <p class="amount">{paceOf(now)}</p>
          </>
        )}
      </div>
      {isOver && (
        <Button
          kind="bare tiny"
          icon="close"
          aria-label={t("upload.dock.away")}
          onClick={() => (upload.value = undefined)}
        />
      )}
    </aside>
  );
}
