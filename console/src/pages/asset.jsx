// An asset: what it is, and the timeline of its versions.
import { useMemo } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { UnderWay } from "../acts/under_way.jsx";
import { useLoad, usePages } from "../api/load.js";
import { getAsset, listVersions } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { LazyTab } from "../files/lazy.jsx";
import { Busy, Button, ButtonLink, Notice, Said, Tags, Time } from "../parts/basics.jsx";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Panel, Tabs } from "../parts/tabs.jsx";
import { Thumbnail } from "../parts/thumbnail.jsx";
import { SubscribeButton } from "../people/subscribers.jsx";
import { useSubscription } from "../people/subscription.js";
import { t } from "../texts/index.js";
import { DropHere } from "../upload/drop.jsx";
import { useUploaded } from "../upload/uploaded.js";
import { Heading, Refused } from "./heading.jsx";
import { Timeline } from "./timeline.jsx";

// So many changes are not counted any further.
const MANY = 1_000;
const TABS = ["versions", "changes", "history", "comments", "about"];

export function AssetPage({ database, asset: id, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const { data: asset, error, reload } = useLoad((signal) => getAsset(where, signal), [where]);
  const versions = usePages((how) => listVersions(where, { ...how, showArchived: true }), [where], {
    most: 50,
  });
  const subscription = useSubscription(where);
  const look = () => {
    reload();
    versions.reload();
  };
  useUploaded(where, look);
  const acts = useActs(where, ({ gone }) => (gone === id ? go(links.assets(database)) : look()), {
    asset,
    look,
  });
  if (error && !asset) return <Refused title={id} error={error} where={where} again={reload} />;
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
            <>
              {subscription.isKnown && <SubscribeButton subscription={subscription} />}
              <ButtonLink icon="folder" href={links.working(database, id)}>
                {t("working.title")}
              </ButtonLink>
              {isActive && (
                <ButtonLink icon="upload" href={links.upload(database, id)}>
                  {t("upload.link")}
                </ButtonLink>
              )}
              {isActive && (
                <Button icon="plus" kind="primary" onClick={() => acts.open("create")}>
                  {t("act.create")}
                </Button>
              )}
              <Menu label={t("asset.menu")} items={acts.assetItems()} kind="plain" />
            </>
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
      <Refusal error={subscription.error} where={where} />
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
      <UnderWay where={where} done={look} />
      <Tabs
        id="asset"
        label={t("asset.tabs")}
        chosen={tab}
        choose={(name) => askHere({ tab: name === TABS[0] ? undefined : name })}
        tabs={TABS.map((name) => ({ name, label: tabName(name, asset) }))}
      />
      <Panel id="asset" chosen={tab} class="panel asset-panel">
        {tab === "versions" && (
          <>
            {asset.workingChanges > 0 && <Working where={where} asset={asset} />}
            <Timeline where={where} asset={asset} versions={versions} query={query} acts={acts} />
          </>
        )}
        {tab !== "versions" && (
          <LazyTab
            tab={tab}
            where={where}
            asset={asset}
            query={query}
            subscription={subscription}
            numbers={versions.items.map(numberOf).filter(Boolean)}
          />
        )}
      </Panel>
      {isActive && <DropHere where={where} name={asset.assetName} />}
      {acts.dialog}
    </>
  );
}

function tabName(name, { workingChanges: count }) {
  if (name !== "changes" || !count) return t(`asset.tab.${name}`);
  return t(count >= MANY ? "asset.tab.changes.many" : "asset.tab.changes.some", { count });
}

/** Nothing can be said about what stands for a version before there is one. */
const numberOf = ({ Version }) => Version !== "0" && Version;

function Working({ where, asset }) {
  const count = asset.workingChanges;
  return (
    <Notice
      title={t(count >= MANY ? "asset.working.many" : "asset.working", { count })}
      actions={
        <ButtonLink icon="compare" href={links.asset(where.database, where.asset, { tab: "changes" })}>
          {t("asset.working.see")}
        </ButtonLink>
      }
    />
  );
}
