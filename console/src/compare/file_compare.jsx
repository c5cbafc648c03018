// How one file differs: pictures beside each other or laid over, texts by lines, all else by its facts.
import { useState } from "preact/hooks";
import { fileLink, save } from "../api/links.js";
import { useLoad } from "../api/load.js";
import { kindOf } from "../files/kinds.js";
import { Large, MOST_UNASKED } from "../files/large.jsx";
import { LazyPair } from "../files/lazy.jsx";
import { Preview } from "../files/preview.jsx";
import { Busy, Button, Empty } from "../parts/basics.jsx";
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
  return (
    <>
      {kind === "same" && <p class="change-said">{t("compare.only.same")}</p>}
      <Both where={where} a={a} b={b} change={change} from={from} />
    </>
  );
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
      facts={
        <>
          {change.kind !== "same" && (
            <span class="amount">{`${size(change.a.size)} → ${size(change.b.size)}`}</span>
          )}
          {names.map((side, index) => (
            <Button
              key={side}
              icon="download"
              disabled={!data}
              aria-label={t("compare.download", { side })}
              onClick={() => save(data[index])}
            >
              {side}
            </Button>
          ))}
        </>
      }
    >
      {error ? (
        <Refusal error={error} where={where} again={reload} />
      ) : data ? (
        <Views
          kind={kindOf(change.path)}
          urls={data}
          names={names}
          change={change}
          linksTo={[
            (path, signal) => linkOf(where, a, from, change.a, path, signal),
            (path, signal) => linkOf(where, b, change.path, change.b, path, signal),
          ]}
        />
      ) : (
        <Busy />
      )}
    </FilePane>
  );
}

/** To the file itself, by its entry, or to one beside it, as this side has it. */
function linkOf(where, side, own, entry, path, signal) {
  const beside = side === "working" ? {} : { assetVersionId: side };
  return fileLink(where, path, path === own ? sideOf(side, entry) : beside, signal);
}

function Views({ kind, urls, names, change, linksTo }) {
  if (kind === "model") return <Models names={names} change={change} linksTo={linksTo} />;
  if (change.kind === "same") return <Empty icon="check" title={t("compare.noDifference")} />;
  if (kind === "image") return <ImageCompare urls={urls} names={names} path={change.path} />;
  if (kind === "text") return <TextCompare urls={urls} names={names} change={change} />;
  return (
    <Empty icon="compare" title={t("compare.noView")}>
      <p>{t("compare.noView.what", { a: size(change.a.size), b: size(change.b.size) })}</p>
    </Empty>
  );
}

function Models({ names, change, linksTo }) {
  const whole = change.a.size + change.b.size;
  const [wanted, setWanted] = useState(whole <= MOST_UNASKED);
  if (!wanted) return <Large bytes={whole} show={() => setWanted(true)} />;
  const sides = [
    { name: names[0], path: change.from, size: change.a.size, linkTo: linksTo[0] },
    { name: names[1], path: change.path, size: change.b.size, linkTo: linksTo[1] },
  ];
  return <LazyPair sides={sides} />;
}
