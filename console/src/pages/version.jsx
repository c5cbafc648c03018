// A version: its files with their previews, what is said of it, and what can be done with it.
import { useMemo, useState } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { UnderWay } from "../acts/under_way.jsx";
import { useLoad, usePages } from "../api/load.js";
import { getAsset, getVersion, listFiles } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { kindOf } from "../files/kinds.js";
import { LazyTab } from "../files/lazy.jsx";
import { Preview } from "../files/preview.jsx";
import { readme } from "../files/tree.js";
import { keyOf, TreeView } from "../files/tree_view.jsx";
import { Aliases, Busy, Button, Empty, Notice, Said, States, Time } from "../parts/basics.jsx";
import { BackToFiles } from "../parts/file_pane.jsx";
import { size } from "../parts/format.js";
import { Menu } from "../parts/menu.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Panel, Tabs } from "../parts/tabs.jsx";
import { t } from "../texts/index.js";
import { About } from "./about.jsx";
import { Heading, Refused } from "./heading.jsx";
import { FileSaid, VersionMetadata } from "./metadata.jsx";

const TABS = ["files", "metadata", "comments", "about"];
// More files than these are listed when somebody asks.
const MOST_FILES = 200_000;

export function VersionPage({ database, asset: id, version: ref, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const { data: asset, reload: reloadAsset } = useLoad((signal) => getAsset(where, signal), [where]);
  const { data: version, error, reload } = useLoad((signal) => getVersion(where, ref, signal), [where, ref]);
  const look = () => {
    reload();
    reloadAsset();
  };
  const acts = useActs(
    where,
    ({ number, gone }) => {
      if (gone) go(links.asset(database, id));
      else if (number && number !== version.Version) go(links.version(database, id, number));
      else look();
    },
    { asset, look },
  );
  const tab = TABS.includes(query.tab) ? query.tab : "files";
  if (error && !version) {
    const title = t("version.title", { number: ref });
    return <Refused title={title} error={error} where={where} again={reload} />;
  }
  if (!version) return <Busy />;
  return (
    <>
      <VersionHead where={where} asset={asset} version={version} acts={acts} file={query.file} />
      <UnderWay where={where} done={look} />
      <Tabs
        id="version"
        label={t("version.tabs")}
        chosen={tab}
        choose={(name) => askHere({ tab: name === "files" ? undefined : name })}
        tabs={TABS.map((name) => ({ name, label: t(`version.tab.${name}`) }))}
      />
      <Panel id="version" chosen={tab} class={tab === "files" ? "panel fill" : "panel"}>
        {tab === "files" && (
          <Files
            where={where}
            version={version}
            chosen={query.file}
            acts={acts}
            isGivenOut={asset?.isDistributable}
          />
        )}
        {tab === "metadata" && <VersionMetadata where={where} version={version} />}
        {tab === "comments" && (
          <LazyTab tab="comments" where={where} asset={asset} number={version.Version} />
        )}
        {tab === "about" && <About asset={asset} version={version} />}
      </Panel>
      {acts.dialog}
    </>
  );
}

function VersionHead({ where, asset, version, acts, file }) {
  const number = version.Version;
  // A model is worth a look where its file is the same: its textures may differ.
  const looked = file && kindOf(file) === "model" ? { file } : undefined;
  return (
    <>
      <Heading
        title={t("version.title", { number })}
        eyebrow={
          <a href={links.asset(where.database, where.asset)}>
            <bdi>{asset?.assetName ?? where.asset}</bdi>
          </a>
        }
        actions={
          <>
            <Button
              icon="compare"
              onClick={() => go(links.compare(where.database, where.asset, number, "working", looked))}
            >
              {t("compare.withWorking")}
            </Button>
            <Button icon="download" onClick={() => acts.open("zip", version)}>
              {t("act.zip")}
            </Button>
            <Menu label={t("version.menu", { number })} items={acts.items(version)} kind="plain" />
          </>
        }
      >
        <p class="version-line">
          <States version={version} />
          <Aliases version={version} />
          {version.revision && (
            <span class="revision">{t("version.revision", { revision: version.revision })}</span>
          )}
        </p>
        <p class="lead">
          <Said text={version.comment || version.description} />
        </p>
        <p class="facts">
          <span>
            <bdi>{version.createdBy}</bdi> · <Time at={version.dateCreated} />
          </span>
          <span>{t("files.count", { count: version.fileCount })}</span>
          <span>{size(version.totalSize)}</span>
        </p>
      </Heading>
      {asset && !asset.isDistributable && (
        <Notice kind="warning" title={t("asset.noLinks")}>
          <p>{t("asset.noLinks.next")}</p>
        </Notice>
      )}
    </>
  );
}

function Files({ where, version, chosen, acts, isGivenOut }) {
  const number = version.Version;
  const files = usePages((how) => listFiles(where, number, how), [where, number], {
    all: true,
    most: MOST_FILES,
  });
  const [picked, setPicked] = useState();
  const choose = (path) => askHere({ file: path });
  const pick = (node) => {
    const next = new Set(picked);
    const key = keyOf(node);
    if (!next.delete(key)) next.add(key);
    setPicked(next);
  };
  const first = useMemo(() => readme(files.items), [files.items.length]);
  const file = chosen ? files.items.find((one) => one.relativeKey === chosen) : isGivenOut && first;
  if (files.done && !files.items.length) return <Empty icon="folder" title={t("files.none")} />;
  return (
    <div class={chosen ? "split has-file" : "split"}>
      <div class="split-list">
        <PickBar
          picked={picked}
          setPicked={setPicked}
          revert={() => acts.open("revert", version, [...picked])}
        />
        <Refusal error={files.error} where={where} again={files.reload} />
        {files.items.length > 0 && (
          <TreeView files={files} chosen={chosen} choose={choose} picked={picked} pick={picked && pick} />
        )}
        {files.loading && !files.items.length && <Busy />}
      </div>
      <div class="split-main">
        {chosen && <BackToFiles back={() => choose(undefined)} />}
        {file ? (
          <>
            <Preview
              where={where}
              side={{ assetVersionId: number }}
              file={{ path: file.relativeKey, size: file.size }}
            />
            <FileSaid key={file.relativeKey} where={where} version={number} path={file.relativeKey} />
          </>
        ) : (
          <NoFile chosen={chosen} files={files} />
        )}
      </div>
    </div>
  );
}

function NoFile({ chosen, files }) {
  if (!chosen) return <Empty icon="file" title={t("files.choose")} />;
  return files.done ? <Empty icon="file" title={t("files.notHere", { path: chosen })} /> : <Busy />;
}

/** Some files alone are put back: which ones is chosen in the tree. */
function PickBar({ picked, setPicked, revert }) {
  if (!picked) {
    return (
      <div class="pick-bar">
        <Button icon="revert" kind="link" onClick={() => setPicked(new Set())}>
          {t("files.pick")}
        </Button>
      </div>
    );
  }
  return (
    <div class="pick-bar on">
      <span role="status">{t("files.picked", { count: picked.size })}</span>
      <Button kind="primary" icon="revert" disabled={!picked.size} onClick={revert}>
        {t("act.revert")}
      </Button>
      <Button icon="close" kind="bare" aria-label={t("cancel")} onClick={() => setPicked(undefined)} />
    </div>
  );
}
