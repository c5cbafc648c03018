// The files of a plan or of an upload, however many; a click on a kind leaves it out.
import { useMemo, useState } from "preact/hooks";
import { iconOf } from "../files/kinds.js";
import { Chips } from "../parts/chips.jsx";
import { size } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { VirtualList } from "../parts/virtual.jsx";
import { t } from "../texts/index.js";

const ROW = 46;
const MOST_ROWS = 11; // in sight at once
const MARKS = {
  new: "+",
  changed: "~",
  same: "=",
  refused: "!",
  left: "−",
  sent: "✓",
  failed: "!",
  waiting: "·",
};

/** `rows` are `{path, size, kind, why?, said?}`, `counts` by kind, in the order of their chips; `facts` fill in reasons. */
export function Rows({ rows, counts, hiddenAtFirst = [], label, facts }) {
  const [hidden, setHidden] = useState(() => new Set(hiddenAtFirst));
  const [at, setAt] = useState(0);
  const kinds = Object.keys(counts).filter((kind) => counts[kind] > 0);
  const shown = useMemo(() => rows.filter((one) => !hidden.has(one.kind)), [rows, hidden]);
  const hide = (next) => {
    setHidden(next);
    setAt(0);
  };
  return (
    <div class="upload-rows">
      <Chips
        label={t("upload.kinds")}
        kinds={kinds}
        hidden={hidden}
        setHidden={hide}
        text={(kind) => t(`upload.kind.${kind}`, { count: counts[kind] })}
      />
      {shown.length > 0 && (
        <div class="upload-list" style={{ height: `${Math.min(shown.length, MOST_ROWS) * ROW + 2}px` }}>
          <VirtualList
            label={label}
            count={shown.length}
            height={ROW}
            at={Math.min(at, shown.length - 1)}
            move={setAt}
            attributes={(index) => ({
              "aria-selected": false,
              "aria-posinset": index + 1,
              "aria-setsize": shown.length,
              "data-path": shown[index].path,
              onClick: () => setAt(index),
            })}
            row={(index) => <Row row={shown[index]} facts={facts} />}
          />
        </div>
      )}
    </div>
  );
}

function Row({ row: { path, kind, why, said, size: bytes }, facts }) {
  const reason = said ?? (why && t(`upload.why.${why}`, facts));
  return (
    <span class={`change-row upload-row ${kind}`}>
      <span class="change-mark" role="img" aria-label={t(`upload.is.${kind}`)}>
        {MARKS[kind]}
      </span>
      <Icon name={iconOf(path)} class="file" />
      <span class="change-names">
        <bdi class="name" title={path}>
          {path}
        </bdi>
        {reason && (
          <span class="from" title={reason}>
            {reason}
          </span>
        )}
      </span>
      {bytes !== undefined && <span class="amount">{size(bytes)}</span>}
    </span>
  );
}
