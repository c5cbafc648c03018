// One version in the timeline; how large it is and what it changed are asked for once it is in sight.
import { useEffect, useRef, useState } from "preact/hooks";
import { compareVersions, getVersion } from "../api/store.js";
import { go, links } from "../app/router.js";
import { Aliases, Said, States, Time } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Menu } from "../parts/menu.jsx";
import { whenInSight } from "../parts/sight.js";
import { t } from "../texts/index.js";

// A version never changes, and so what it changed does not either.
const known = new Map();

export function TimelineRow({ where, version, before, isMarked, mark, acts }) {
  const row = useRef();
  const { Version: number } = version;
  const [change, setChange] = useState();
  useEffect(() => {
    if (before === undefined) return undefined;
    const key = JSON.stringify([where, version.assetVersionId, before]);
    if (known.has(key)) return setChange(known.get(key));
    return whenInSight(row.current, async (signal) => {
      try {
        const found = await whatChanged(where, number, before, signal);
        known.set(key, found);
        if (!signal.aborted) setChange(found);
      } catch {
        // The row says the rest without it, and the version's own page says why.
      }
    });
  }, [before]);
  return (
    <li class={version.isCurrent ? "version-row current" : "version-row"} ref={row}>
      <label class="mark">
        <input
          type="checkbox"
          checked={isMarked}
          onChange={mark}
          aria-label={t("timeline.mark", { number })}
        />
      </label>
      <div class="version-main">
        <p class="version-line">
          <a class="version-link" href={links.version(where.database, where.asset, number)}>
            {t("version.short", { number })}
          </a>
          <States version={version} />
          <Aliases version={version} />
          {version.revision && (
            <span class="revision">{t("version.revision", { revision: version.revision })}</span>
          )}
        </p>
        <p class="version-comment">
          <Said text={version.comment || version.description} />
        </p>
        <p class="version-who">
          <bdi>{version.createdBy}</bdi> · <Time at={version.dateCreated} />
        </p>
      </div>
      <div class="version-side">
        <span>{t("files.count", { count: version.fileCount })}</span>
        {change && <span>{size(change.size)}</span>}
        {change && <Changes totals={change.totals} />}
      </div>
      <Menu
        label={t("version.menu", { number })}
        items={[
          {
            label: t("compare.withWorking"),
            icon: "compare",
            act: () => go(links.compare(where.database, where.asset, number, "working")),
          },
          ...acts.items(version),
        ]}
      />
    </li>
  );
}

async function whatChanged(where, number, before, signal) {
  if (before === null) return { size: (await getVersion(where, number, signal)).totalSize };
  const { body } = await compareVersions(where, before, number, { pageSize: 1, signal });
  return { size: body.versionB.totalSize, totals: body.totals };
}

export function Changes({ totals }) {
  if (!totals) return <span class="unsaid">{t("changes.first")}</span>;
  const { added, changed, removed } = totals;
  if (!added && !changed && !removed) return <span class="unsaid">{t("changes.none")}</span>;
  const label = t("changes.label", { added, changed, removed });
  return (
    <span class="changes" role="img" aria-label={label} title={label}>
      {added > 0 && <span class="added">+{added}</span>}
      {changed > 0 && <span class="changed">~{changed}</span>}
      {removed > 0 && <span class="removed">−{removed}</span>}
    </span>
  );
}
