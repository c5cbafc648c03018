// The files of an asset as they are now, which of them no version has yet, and the way to send more.
import { useMemo, useState } from "preact/hooks";
import { useActs } from "../acts/acts.jsx";
import { useLoad, usePages } from "../api/load.js";
import { compareVersions, getAsset, listFiles } from "../api/store.js";
import { askHere, go, links } from "../app/router.js";
import { changesOf, KINDS, totalsOf } from "../compare/changes.js";
import { Preview } from "../files/preview.jsx";
import { readme } from "../files/tree.js";
import { TreeView } from "../files/tree_view.jsx";
import { Busy, Button, ButtonLink, Empty, Notice } from "../parts/basics.jsx";
import { BackToFiles } from "../parts/file_pane.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { DropHere } from "../upload/drop.jsx";
import { useUploaded } from "../upload/uploaded.js";
import { Heading, Refused } from "./heading.jsx";

// More files than these are listed when somebody asks.
const MOST_FILES = 200_000;
const MOST_CHANGES = 20_000;

export function WorkingPage({ database, asset: id, query }) {
  const where = useMemo(() => ({ database, asset: id }), [database, id]);
  const { data: asset, error, reload } = useLoad((signal) => getAsset(where, signal), [where]);
  const acts = useActs(where, (done) =>
    done?.number ? go(links.version(database, id, done.number)) : reload(),
  );
  const [round, setRound] = useState(0);
  useUploaded(where, () => {
    reload();
    setRound(round + 1);
  });
  if (error && !asset)
    return <Refused title={t("working.title")} error={error} where={where} again={reload} />;
  if (!asset) return <Busy />;
  const isActive = asset.status === "active";
  const number = asset.currentVersion.Version;
  const isNew = number === "0";
  return (
    <>
      <Heading
        title={t("working.title")}
        eyebrow={
          <a href={links.asset(database, id)}>
            <bdi>{asset.assetName}</bdi>
          </a>
        }
        actions={
          isActive && (
            <>
              <ButtonLink icon="upload" href={links.upload(database, id)}>
                {t("upload.link")}
              </ButtonLink>
              <Button icon="plus" kind="primary" onClick={() => acts.open("create")}>
                {t("act.create")}
              </Button>
            </>
          )
        }
      >
        <p class="lead">{t(isNew ? "working.never" : "working.what", { number })}</p>
      </Heading>
      {!isActive && <Notice kind="warning" title={t("asset.archived")} />}
      {!asset.isDistributable && (
        <Notice kind="warning" title={t("asset.noLinks")}>
          <p>{t("asset.noLinks.next")}</p>
        </Notice>
      )}
      <Files
        key={round}
        where={where}
        number={number}
        chosen={query.file}
        isActive={isActive}
        isGivenOut={asset.isDistributable}
      />
      {isActive && <DropHere where={where} name={asset.assetName} />}
      {acts.dialog}
    </>
  );
}

function Files({ where, number, chosen, isActive, isGivenOut }) {
  const files = usePages((how) => listFiles(where, undefined, how), [where], { all: true, most: MOST_FILES });
  const changes = useChanges(where, number);
  const [onlyChanged, setOnlyChanged] = useState(false);
  const shown = useMemo(
    () =>
      onlyChanged
        ? { ...files, items: files.items.filter((one) => changes.marks.has(one.relativeKey)) }
        : files,
    [files.items, files.done, files.loading, onlyChanged, changes.marks],
  );
  const choose = (path) => askHere({ file: path });
  const first = useMemo(() => readme(files.items), [files.items.length]);
  const file = chosen ? files.items.find((one) => one.relativeKey === chosen) : isGivenOut && first;
  if (files.done && !files.items.length) return <NoFiles where={where} isActive={isActive} />;
  return (
    <>
      <Summary
        where={where}
        number={number}
        changes={changes}
        onlyChanged={onlyChanged}
        setOnlyChanged={setOnlyChanged}
      />
      <div class={chosen ? "split has-file" : "split"}>
        <div class="split-list">
          <Refusal error={files.error} where={where} again={files.reload} />
          {files.items.length > 0 && (
            <TreeView
              key={onlyChanged}
              label={t("working.files")}
              files={shown}
              chosen={chosen}
              choose={choose}
              marks={changes.marks}
            />
          )}
          {files.loading && !files.items.length && <Busy />}
        </div>
        <div class="split-main">
          {chosen && <BackToFiles back={() => choose(undefined)} />}
          {file ? (
            <Preview
              key={file.versionId}
              where={where}
              side={{ versionId: file.versionId }}
              file={{ path: file.relativeKey, size: file.size }}
            />
          ) : (
            <NoFile chosen={chosen} files={files} />
          )}
        </div>
      </div>
    </>
  );
}

/** What differs from the current version; by path which files of now, and how. */
function useChanges(where, number) {
  const found = usePages(
    (how) => (number === "0" ? nothing() : compareVersions(where, number, "working", how)),
    [where, number],
    { all: true, most: MOST_CHANGES },
  );
  const marks = useMemo(() => {
    const changes = changesOf(found.items, found.first?.renames).filter((one) => one.kind !== "removed");
    return new Map(changes.map((one) => [one.path, one.kind]));
  }, [found.items]);
  return { ...found, marks };
}

const nothing = async () => ({ items: [], body: { totals: null } });

function Summary({ where, number, changes, onlyChanged, setOnlyChanged }) {
  if (changes.error) return <Refusal error={changes.error} where={where} again={changes.reload} />;
  if (number === "0") return null;
  if (!changes.first) return <p class="working-line unsaid">{t("working.comparing", { number })}</p>;
  const totals = totalsOf(changes.first);
  const kinds = KINDS.filter((kind) => totals[kind] > 0);
  if (!kinds.length) return <p class="working-line unsaid">{t("working.same", { number })}</p>;
  return (
    <div class="working-line">
      <ul class="summary">
        {kinds.map((kind) => (
          <li key={kind} class={kind}>
            {t(`compare.total.${kind}`, { count: totals[kind] })}
          </li>
        ))}
      </ul>
      {changes.marks.size > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={onlyChanged}
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
          {t("working.only")}
        </label>
      )}
      <ButtonLink icon="compare" href={links.compare(where.database, where.asset, number, "working")}>
        {t("asset.working.see")}
      </ButtonLink>
    </div>
  );
}

function NoFile({ chosen, files }) {
  if (!chosen) return <Empty icon="file" title={t("files.choose")} />;
  return files.done ? <Empty icon="file" title={t("working.notHere", { path: chosen })} /> : <Busy />;
}

function NoFiles({ where, isActive }) {
  return (
    <Empty icon="folder" title={t("working.none")}>
      {isActive && (
        <>
          <p>{t("working.none.next")}</p>
          <ButtonLink icon="upload" kind="primary" href={links.upload(where.database, where.asset)}>
            {t("upload.link")}
          </ButtonLink>
        </>
      )}
    </Empty>
  );
}
