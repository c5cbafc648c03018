// The assets of a database, by name and tag, each with its picture.
import { useMemo, useState } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { usePages } from "../api/load.js";
import { useMay } from "../api/may.js";
import { listAssets } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { Busy, Button, Empty, Tags, Time } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { Thumbnail } from "../parts/thumbnail.jsx";
import { t } from "../texts/index.js";
import { Heading } from "./heading.jsx";

// So many are searched through; more come when somebody asks.
const MOST = 5_000;
const AT_ONCE = 120;
const MOST_TAGS = 24;

export function AssetsPage({ database, query }) {
  const archived = query.archived === "yes";
  const found = usePages(
    (how) => listAssets(database, { ...how, showArchived: archived }),
    [database, archived],
    {
      all: true,
      most: MOST,
    },
  );
  const mayMake = useMay("POST /assets");
  const acts = useActs({ database }, ({ asset }) => go(links.asset(database, asset)));
  const [shownCount, setShownCount] = useState(AT_ONCE);
  const tags = useMemo(() => mostUsed(found.items), [found.items]);
  const text = query.search ?? "";
  const hits = useMemo(() => matching(found.items, text, query.tag), [found.items, text, query.tag]);
  const shown = hits.slice(0, shownCount);
  return (
    <>
      <Heading
        title={database}
        eyebrow={t("assets.eyebrow")}
        actions={
          mayMake && (
            <Button icon="plus" kind="primary" onClick={() => acts.open("newAsset")}>
              {t("act.newAsset")}
            </Button>
          )
        }
      />
      <div class="filters">
        <Search label={t("assets.search")} text={text} change={(search) => askHere({ search })} />
        <label class="check">
          <input
            type="checkbox"
            checked={archived}
            onChange={(event) => askHere({ archived: event.currentTarget.checked ? "yes" : undefined })}
          />
          {t("assets.archived")}
        </label>
      </div>
      {tags.length > 0 && (
        <div class="chips" role="group" aria-label={t("assets.tags")}>
          {tags.map((tag) => (
            <button
              type="button"
              class="chip"
              key={tag}
              aria-pressed={query.tag === tag}
              onClick={() => askHere({ tag: query.tag === tag ? undefined : tag })}
            >
              <bdi>{tag}</bdi>
            </button>
          ))}
        </div>
      )}
      <Refusal error={found.error} again={found.reload} where={{ database }} />
      <ul class="assets-grid">
        {shown.map((asset) => (
          <li key={asset.assetId}>
            <AssetCard database={database} asset={asset} />
          </li>
        ))}
      </ul>
      {hits.length > shown.length && (
        <div class="center">
          <Button onClick={() => setShownCount(shownCount + AT_ONCE)}>
            {t("assets.more", { count: hits.length - shown.length })}
          </Button>
        </div>
      )}
      {found.loading && (
        <Busy label={found.items.length ? t("assets.loading", { count: found.items.length }) : undefined} />
      )}
      {!found.loading && !found.done && !found.error && (
        <div class="center">
          <Button onClick={found.more}>{t("assets.searchOn", { count: found.items.length })}</Button>
        </div>
      )}
      {found.done && !hits.length && (
        <Empty icon="model" title={t(found.items.length ? "assets.noHit" : "assets.none")}>
          {!found.items.length && <p>{t("assets.none.next")}</p>}
        </Empty>
      )}
      {acts.dialog}
    </>
  );
}

function AssetCard({ database, asset }) {
  const { currentVersion: version } = asset;
  const isNew = version.Version === "0";
  return (
    <a class="asset-card" href={links.asset(database, asset.assetId)}>
      <Thumbnail where={{ database, asset: asset.assetId }} asset={asset} />
      <span class="card-name">
        <bdi>{asset.assetName}</bdi>
      </span>
      <Tags names={asset.tags} />
      <span class="card-foot">
        <span class="number">
          {isNew ? t("asset.noVersion") : t("version.short", { number: version.Version })}
        </span>
        {asset.status === "archived" && <span class="state archived">{t("state.archived")}</span>}
        <span>
          <bdi>{version.createdBy}</bdi> · <Time at={version.DateModified} />
        </span>
      </span>
    </a>
  );
}

function matching(assets, text, tag) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return assets.filter((one) => {
    if (tag && !one.tags.includes(tag)) return false;
    const said = `${one.assetName} ${one.assetId} ${one.tags.join(" ")}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function mostUsed(assets) {
  const counts = new Map();
  for (const { tags } of assets) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_TAGS)
    .map(([tag]) => tag);
}
