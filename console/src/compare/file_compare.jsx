// How one file differs: pictures beside each other or laid over, texts by lines, all else by its facts.
import { fileLink } from "../api/links.js";
import { useLoad } from "../api/load.js";
import { kindOf } from "../files/kinds.js";
import { Preview } from "../files/preview.jsx";
import { Busy, Empty } from "../parts/basics.jsx";
import { FilePane } from "../parts/file_pane.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { ImageCompare } from "./image_compare.jsx";
import { TextCompare } from "./text_compare.jsx";

/** The object version says exactly which bytes are meant, also of the working files. */
const sideOf = (side, entry) =>
  side === "working" ? { versionId: entry.versionId } : { assetVersionId: side };

export function FileCompare({ where, a, b, change }) {
  const { kind, path, from } = change;
  if (kind === "added")
    return <One where={where} side={sideOf(b, change.b)} path={path} entry={change.b} kind={kind} />;
  if (kind === "removed")
    return <One where={where} side={sideOf(a, change.a)} path={path} entry={change.a} kind={kind} />;
  if (kind === "renamed")
    return <One where={where} side={sideOf(b, change.b)} path={path} entry={change.b} kind={kind} />;
  return <Both where={where} a={a} b={b} change={change} from={from} />;
}

function One({ where, side, path, entry, kind }) {
  return (
    <>
      <p class={`change-said ${kind}`}>{t(`compare.only.${kind}`)}</p>
      <Preview where={where} side={side} file={{ path, size: entry.size }} />
    </>
  );
}

function Both({ where, a, b, change, from }) {
  const { data, error, reload } = useLoad(
    (signal) =>
      Promise.all([
        fileLink(where, from, sideOf(a, change.a), signal),
        fileLink(where, change.path, sideOf(b, change.b), signal),
      ]),
    [a, b, change.path],
  );
  const names = [a, b].map((one) =>
    one === "working" ? t("compare.working") : t("version.short", { number: one }),
  );
  return (
    <FilePane
      path={change.path}
      facts={<span class="amount">{`${size(change.a.size)} → ${size(change.b.size)}`}</span>}
    >
      {error ? (
        <Refusal error={error} where={where} again={reload} />
      ) : data ? (
        <Views kind={kindOf(change.path)} urls={data} names={names} change={change} />
      ) : (
        <Busy />
      )}
    </FilePane>
  );
}

function Views({ kind, urls, names, change }) {
  if (kind === "image") return <ImageCompare urls={urls} names={names} path={change.path} />;
  if (kind === "text") return <TextCompare urls={urls} names={names} change={change} />;
  return (
    <Empty icon="compare" title={t("compare.noView")}>
      <p>{t("compare.noView.what", { a: size(change.a.size), b: size(change.b.size) })}</p>
    </Empty>
  );
}
