// The versions of an asset, newest first: filtered, walked by keys, two of them marked for comparison.
import { useRef, useState } from "preact/hooks";
import { useSearchOn } from "../api/load.js";
import { askHere, go, links } from "../app/router.js";
import { Busy, Button, ButtonLink, Empty } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { Search } from "../parts/search.jsx";
import { Select } from "../parts/select.jsx";
import { t } from "../texts/index.js";
import { DeletedVersions } from "./deleted_versions.jsx";
import { countHidden, fits, STATES, says, versionBefore } from "./timeline.js";
import { TimelineRow } from "./timeline_row.jsx";

// So many that fit are looked for by themselves, among so many.
const WANTED = 25;
const MOST = 2_000;

/** `versions` are all pages so far, archived ones among them. */
export function Timeline({ where, asset, versions, query, acts }) {
  const state = STATES.includes(query.state) ? query.state : "usual";
  const text = query.search ?? "";
  const author = query.author ?? "";
  const real = versions.items.filter((one) => one.Version !== "0");
  const shown = real.filter(
    (one) => fits(one, state) && (!author || one.createdBy === author) && says(one, text),
  );
  const isFiltered = Boolean(text.trim() || author || state !== "usual");
  useSearchOn(versions, shown.length, isFiltered ? WANTED : 0, MOST);
  const [marked, setMarked] = useState([]);
  const mark = (number) =>
    setMarked((before) =>
      before.includes(number) ? before.filter((one) => one !== number) : [...before.slice(-1), number],
    );
  const filters = <Filters state={state} text={text} author={author} versions={real} />;
  if (state === "deleted") {
    return (
      <section class="timeline-section" aria-label={t("timeline")}>
        {filters}
        <DeletedVersions where={where} rev={asset.rev} text={text} author={author} />
      </section>
    );
  }
  if (versions.done && !real.length) {
    return (
      <>
        {asset.rev > 1 && filters /* what there was may be deleted */}
        <Empty icon="model" title={t("timeline.none")}>
          <p>{t("timeline.none.next")}</p>
          {asset.status === "active" && (
            <ButtonLink icon="upload" href={links.upload(where.database, where.asset)}>
              {t("upload.title")}
            </ButtonLink>
          )}
        </Empty>
      </>
    );
  }
  return (
    <section class="timeline-section" aria-label={t("timeline")}>
      {filters}
      <Refusal error={versions.error} where={where} again={versions.reload} />
      <Rows shown={shown} mark={mark}>
        {shown.map((one) => (
          <TimelineRow
            key={one.Version}
            where={where}
            asset={asset}
            version={one}
            before={versionBefore(versions, real, one)}
            isMarked={marked.includes(one.Version)}
            mark={() => mark(one.Version)}
            acts={acts}
          />
        ))}
      </Rows>
      {versions.loading && !real.length && <Busy />}
      {versions.done && !shown.length && <Empty icon="search" title={t("timeline.noHit")} />}
      <End versions={versions} hidden={state === "usual" ? countHidden(real, author, text) : 0} />
      {marked.length > 0 && <CompareBar where={where} marked={marked} clear={() => setMarked([])} />}
    </section>
  );
}

function Filters({ state, text, author, versions }) {
  const authors = [...new Set([...versions.map((one) => one.createdBy), ...(author ? [author] : [])])].sort();
  return (
    <div class="filters">
      <Search label={t("timeline.search")} text={text} change={(search) => askHere({ search })} />
      <Select
        label={t("timeline.show")}
        value={state}
        options={STATES.map((one) => [one, t(`timeline.show.${one}`)])}
        change={(one) => askHere({ state: one === "usual" ? undefined : one })}
      />
      {authors.length > 1 && (
        <Select
          label={t("timeline.author")}
          value={author}
          options={[["", t("timeline.everyone")], ...authors.map((name) => [name, name])]}
          change={(name) => askHere({ author: name })}
        />
      )}
    </div>
  );
}

/** Arrow keys go from version to version, `c` marks the one that has the focus. */
function Rows({ shown, mark, children }) {
  const list = useRef();
  const keys = (event) => {
    const all = [...list.current.querySelectorAll(".version-link")];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[Math.min(Math.max(to, 0), all.length - 1)].focus();
    else if (event.key === "c" && !event.ctrlKey && !event.metaKey) mark(shown[at].Version);
    else return;
    event.preventDefault();
  };
  return (
    <ol class="timeline" ref={list} onKeyDown={keys}>
      {children}
    </ol>
  );
}

/** What is behind the last row: older versions, or those that the filter leaves out. */
function End({ versions, hidden }) {
  const isMore = !versions.done && !versions.loading && !versions.error;
  if (!isMore && !hidden) return null;
  return (
    <div class="center">
      {hidden > 0 && (
        <span class="unsaid">
          {t("timeline.hidden", { count: hidden })}{" "}
          <Button kind="link" onClick={() => askHere({ state: "all" })}>
            {t("timeline.showAll")}
          </Button>
        </span>
      )}
      {isMore && <Button onClick={versions.more}>{t("timeline.more")}</Button>}
    </div>
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
