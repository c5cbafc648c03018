// An asset: what it is, and the timeline of its versions.
import { useMemo } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { useLoad, usePages } from "../api/load.js";
import { getAsset, listVersions } from "../api/store.js";
import { askHere, links } from "../app/router.js";
import { Busy, Button, ButtonLink, Notice, Said, Tags, Time } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Panel, Tabs } from "../parts/tabs.jsx";
import { Thumbnail } from "../parts/thumbnail.jsx";
import { History } from "../past/history.jsx";
import { t } from "../texts/index.js";
import { Heading } from "./heading.jsx";
import { Timeline } from "./timeline.jsx";

const TABS = ["versions", "history"];

export function AssetPage({ database, asset: id, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const { data: asset, error, reload } = useLoad((signal) => getAsset(where, signal), [where]);
  const versions = usePages((how) => listVersions(where, { ...how, showArchived: true }), [where], {
    most: 50,
  });
  const acts = useActs(where, () => {
    reload();
    versions.reload();
  });
  if (error && !asset) return <Refusal error={error} where={where} again={reload} />;
  if (!asset) return <Busy />;
  const tab = TABS.includes(query.tab) ? query.tab : TABS[0];
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
      <Tabs
        id="asset"
        label={t("asset.tabs")}
        chosen={tab}
        choose={(name) => askHere({ tab: name === TABS[0] ? undefined : name })}
        tabs={TABS.map((name) => ({ name, label: t(`asset.tab.${name}`) }))}
      />
      <Panel id="asset" chosen={tab} class="panel asset-panel">
        {tab === "versions" && (
          <>
            {asset.workingChanges > 0 && <Working where={where} asset={asset} />}
            <Timeline where={where} asset={asset} versions={versions} query={query} acts={acts} />
          </>
        )}
        {tab === "history" && <History where={where} asset={asset} query={query} />}
      </Panel>
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
