// Two versions side by side, or one and the working files: which files differ, and how.
import { useMemo, useState } from "preact/hooks";
import { useLoad, usePages } from "../api/load.js";
import { compareVersions, getAsset, listVersions } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { ChangeList } from "../compare/change_list.jsx";
import { changesOf, KINDS, sameOf } from "../compare/changes.js";
import { FileCompare } from "../compare/file_compare.jsx";
import { MetadataCompare } from "../compare/metadata_compare.jsx";
import { Totals } from "../compare/totals.jsx";
import { Busy, Button, Empty, Notice } from "../parts/basics.jsx";
import { BackToFiles } from "../parts/file_pane.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { Panel, Tabs } from "../parts/tabs.jsx";
import { t } from "../texts/index.js";
import { Heading } from "./heading.jsx";

const MOST_FILES = 50_000;

// So much of a comment tells one version from another.
const MOST_COMMENT = 60;

export function ComparePage({ database, asset: id, a, b, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const found = usePages((how) => compareVersions(where, a, b, how), [where, a, b], {
    all: true,
    most: MOST_FILES,
  });
  const changes = useMemo(() => changesOf(found.items, found.first?.renames), [found.items]);
  const { first } = found;
  const tab = query.tab === "metadata" ? "metadata" : "files";
  return (
    <>
      <Heading title={t("compare.title", { a: nameOf(a), b: nameOf(b) })} eyebrow={<Asset where={where} />}>
        <Sides where={where} a={a} b={b} />
      </Heading>
      <Refusal error={found.error} where={where} again={found.reload} />
      {first && <Summary first={first} />}
      {!first && found.loading && <Busy />}
      {first && (
        <>
          <Tabs
            id="compare"
            label={t("compare.tabs")}
            chosen={tab}
            choose={(name) => askHere({ tab: name === "files" ? undefined : name })}
            tabs={[
              { name: "files", label: t("compare.tab.files", { count: changes.length }) },
              { name: "metadata", label: t("compare.tab.metadata", { count: first.metadata.length }) },
            ]}
          />
          <Panel id="compare" chosen={tab} class={tab === "files" ? "panel fill" : "panel"}>
            {tab === "files" ? (
              <Files where={where} a={a} b={b} changes={changes} found={found} chosen={query.file} />
            ) : (
              <MetadataCompare rows={first.metadata} />
            )}
          </Panel>
        </>
      )}
    </>
  );
}

export const nameOf = (side) =>
  side === "working" ? t("compare.working") : t("version.short", { number: side });

function Asset({ where }) {
  const { data } = useLoad((signal) => getAsset(where, signal), [where]);
  return (
    <a href={links.asset(where.database, where.asset)}>
      <bdi>{data?.assetName ?? where.asset}</bdi>
    </a>
  );
}

/** Which two: any version, or the working files. */
function Sides({ where, a, b }) {
  const { data } = useLoad((signal) => listVersions(where, { signal, showArchived: true }), [where]);
  const versions = new Map((data?.items ?? []).map((one) => [one.Version, one]));
  versions.delete("0");
  const choices = [...new Set(["working", ...versions.keys(), a, b])];
  const turn = (first, second) => go(links.compare(where.database, where.asset, first, second));
  const select = (label, value, change) => (
    <label class="select">
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {choices.map((one) => (
          <option key={one} value={one}>
            {[nameOf(one), versions.get(one)?.comment?.slice(0, MOST_COMMENT)].filter(Boolean).join(" · ")}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="sides">
      {select(t("compare.from"), a, (one) => turn(one, b))}
      {select(t("compare.to"), b, (one) => turn(a, one))}
      <Button icon="compare" onClick={() => turn(b, a)}>
        {t("compare.swap")}
      </Button>
    </div>
  );
}

function Summary({ first }) {
  return (
    <>
      <Totals first={first}>
        <li>
          {t("compare.sizes", { a: size(first.versionA.totalSize), b: size(first.versionB.totalSize) })}
        </li>
      </Totals>
      {first.totals?.unchecked > 0 && (
        <Notice title={t("compare.unchecked", { count: first.totals.unchecked })} />
      )}
    </>
  );
}

function Files({ where, a, b, changes, found, chosen }) {
  const [hidden, setHidden] = useState(new Set());
  const shown = changes.filter((one) => !hidden.has(one.kind));
  const same = chosen && found.done ? sameOf(chosen) : undefined;
  const change = changes.find((one) => one.path === chosen) ?? (chosen ? same : shown[0]);
  const choose = (path) => askHere({ file: path });
  if (found.done && !changes.length) {
    return (
      <Empty icon="check" title={t("compare.same")}>
        <p>{t("compare.same.what")}</p>
      </Empty>
    );
  }
  return (
    <div class={chosen ? "split has-file" : "split"}>
      <div class="split-list">
        <ChangeList
          changes={shown}
          kinds={KINDS.filter((kind) => changes.some((one) => one.kind === kind))}
          hidden={hidden}
          setHidden={setHidden}
          chosen={change?.path}
          choose={choose}
        />
        {!found.done && !found.loading && (
          <Button kind="link" onClick={found.more}>
            {t("compare.more", { count: found.items.length })}
          </Button>
        )}
        {found.loading && <Busy label={t("files.loading", { count: found.items.length })} />}
      </div>
      <div class="split-main">
        {chosen && <BackToFiles back={() => choose(undefined)} />}
        {change && <FileCompare key={change.path} where={where} a={a} b={b} change={change} />}
      </div>
    </div>
  );
}
