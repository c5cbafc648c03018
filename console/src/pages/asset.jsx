// An asset: what it is, and the timeline of its versions.
import { useMemo, useRef, useState } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { useLoad, usePages } from "../api/load.js";
import { getAsset, listVersions } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { Busy, Button, ButtonLink, Empty, Notice, Said, Tags, Time } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { Thumbnail } from "../parts/thumbnail.jsx";
import { t } from "../texts/index.js";
import { Heading } from "./heading.jsx";
import { TimelineRow } from "./timeline_row.jsx";

const STATES = ["all", "published", "archived", "aliased"];

export function AssetPage({ database, asset: id, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const { data: asset, error, reload } = useLoad((signal) => getAsset(where, signal), [where]);
  const state = STATES.includes(query.state) ? query.state : "all";
  const showArchived = state === "archived";
  const versions = usePages((how) => listVersions(where, { ...how, showArchived }), [where, showArchived], {
    most: 50,
  });
  const acts = useActs(where, () => {
    reload();
    versions.reload();
  });
  if (error && !asset) return <Refusal error={error} where={where} again={reload} />;
  if (!asset) return <Busy />;
  const isActive = asset.status === "active";
  return (
    <>
      <div class="asset-head">
        <Thumbnail where={where} asset={asset} />
        <Heading
          title={asset.assetName}
          eyebrow={asset.assetType === "none" ? t("asset.eyebrow") : asset.assetType}
          actions={
            isActive && (
              <Button icon="plus" kind="primary" onClick={() => acts.open("create")}>
                {t("act.create")}
              </Button>
            )
          }
        >
          <p class="lead">
            <Said text={asset.description} />
          </p>
          <p class="facts">
            <Tags names={asset.tags} />
            <span>
              {t("asset.owner")} <bdi>{asset.owner}</bdi>
            </span>
            <span>
              {t("asset.created")} <Time at={asset.dateCreated} />
            </span>
          </p>
        </Heading>
      </div>
      {!isActive && (
        <Notice kind="warning" title={t("asset.archived")}>
          <p>
            <bdi>{asset.archivedBy}</bdi> · <Time at={asset.archivedAt} /> ·{" "}
            <Said text={asset.archivedReason} />
          </p>
        </Notice>
      )}
      {asset.autoVersion?.failed && (
        <Notice kind="warning" title={t("asset.autoFailed")}>
          <p>{asset.autoVersion.failed.reason}</p>
        </Notice>
      )}
      {asset.workingChanges > 0 && <Working where={where} asset={asset} />}
      <Timeline where={where} asset={asset} versions={versions} state={state} query={query} acts={acts} />
      {acts.dialog}
    </>
  );
}

function Working({ where, asset }) {
  const { Version: number } = asset.currentVersion;
  const count = asset.workingChanges;
  return (
    <Notice
      title={t(count >= 1000 ? "asset.working.many" : "asset.working", { count })}
      actions={
        number !== "0" && (
          <ButtonLink icon="compare" href={links.compare(where.database, where.asset, number, "working")}>
            {t("asset.working.see")}
          </ButtonLink>
        )
      }
    />
  );
}

function Timeline({ where, asset, versions, state, query, acts }) {
  const [marked, setMarked] = useState([]);
  const list = useRef();
  const text = query.search ?? "";
  const real = versions.items.filter((one) => one.Version !== "0");
  const shown = real.filter((one) => fits(one, state) && says(one, text));
  const mark = (number) =>
    setMarked((before) =>
      before.includes(number) ? before.filter((one) => one !== number) : [...before.slice(-1), number],
    );
  const keys = (event) => {
    const all = [...list.current.querySelectorAll(".version-link")];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[Math.min(Math.max(to, 0), all.length - 1)].focus();
    else if (event.key === "c") mark(shown[at].Version);
    else return;
    event.preventDefault();
  };
  const nothing = versions.done && !real.length;
  return (
    <section class="timeline-section" aria-label={t("timeline")}>
      {!nothing && (
        <div class="filters">
          <h2>{t("timeline")}</h2>
          <Search label={t("timeline.search")} text={text} change={(search) => askHere({ search })} />
          <label class="select">
            <span>{t("timeline.show")}</span>
            <select value={state} onChange={(event) => askHere({ state: event.currentTarget.value })}>
              {STATES.map((one) => (
                <option key={one} value={one}>
                  {t(`timeline.show.${one}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <Refusal error={versions.error} where={where} again={versions.reload} />
      <ol class="timeline" ref={list} onKeyDown={keys}>
        {shown.map((one) => (
          <TimelineRow
            key={one.Version}
            where={where}
            asset={asset}
            version={one}
            before={before(versions, real, one)}
            isMarked={marked.includes(one.Version)}
            mark={() => mark(one.Version)}
            acts={acts}
          />
        ))}
      </ol>
      {versions.loading && <Busy />}
      {!versions.done && !versions.loading && !versions.error && (
        <div class="center">
          <Button onClick={versions.more}>{t("timeline.more")}</Button>
        </div>
      )}
      {nothing && (
        <Empty icon="model" title={t("timeline.none")}>
          <p>{t("timeline.none.next")}</p>
        </Empty>
      )}
      {!nothing && versions.done && !shown.length && <Empty icon="search" title={t("timeline.noHit")} />}
      {marked.length > 0 && <CompareBar where={where} marked={marked} clear={() => setMarked([])} />}
    </section>
  );
}

function CompareBar({ where, marked, clear }) {
  const [a, b] = [...marked].sort((one, other) => one - other);
  return (
    <div class="compare-bar" role="region" aria-label={t("compare.bar")}>
      <span>{b ? t("compare.two", { a, b }) : t("compare.one", { a })}</span>
      <Button
        icon="compare"
        kind="primary"
        onClick={() => go(links.compare(where.database, where.asset, a, b ?? "working"))}
      >
        {t(b ? "compare.these" : "compare.withWorking")}
      </Button>
      <Button kind="bare" icon="close" aria-label={t("compare.clear")} onClick={clear} />
    </div>
  );
}

function fits(version, state) {
  if (state === "aliased") return version.versionAliases.length > 0;
  return state === "all" ? version.state !== "archived" : version.state === state;
}

function says(version, text) {
  const said = [
    `v${version.Version}`,
    version.comment,
    version.description,
    version.createdBy,
    ...version.versionAliases,
  ];
  return said.join(" ").toLowerCase().includes(text.trim().toLowerCase());
}

/** The version that came before one; null for the first, undefined while that is not known. */
function before(versions, all, one) {
  const found = all[all.indexOf(one) + 1];
  if (found) return found.Version;
  return versions.done ? null : undefined;
}
