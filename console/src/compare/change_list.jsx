// The files that differ; a click on a kind leaves it out.
import { useEffect, useState } from "preact/hooks";
import { iconOf } from "../files/kinds.js";
import { Chips } from "../parts/chips.jsx";
import { size } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { VirtualList } from "../parts/virtual.jsx";
import { t } from "../texts/index.js";

const ROW = 46;
const MARKS = { added: "+", changed: "~", renamed: "→", removed: "−" };

export function ChangeList({ changes, kinds, hidden, setHidden, chosen, choose }) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const found = changes.findIndex((one) => one.path === chosen);
    if (found >= 0) setAt(found);
  }, [chosen]);
  return (
    <div class="tree">
      <Chips
        label={t("compare.kinds")}
        kinds={kinds}
        hidden={hidden}
        setHidden={setHidden}
        text={(kind) => t(`compare.kind.${kind}`)}
      />
      <VirtualList
        label={t("compare.files")}
        count={changes.length}
        height={ROW}
        at={at}
        move={setAt}
        onKey={(event) => event.key === "Enter" && changes[at] && choose(changes[at].path)}
        attributes={(index) => ({
          "aria-selected": changes[index].path === chosen,
          "aria-posinset": index + 1,
          "aria-setsize": changes.length,
          "data-path": changes[index].path,
          onClick: () => {
            setAt(index);
            choose(changes[index].path);
          },
        })}
        row={(index) => <Change change={changes[index]} />}
      />
    </div>
  );
}

function Change({ change }) {
  const { kind, path, from } = change;
  return (
    <span class={`change-row ${kind}`}>
      <span class="change-mark" role="img" aria-label={t(`compare.kind.${kind}`)}>
        {MARKS[kind]}
      </span>
      <Icon name={iconOf(path)} class="file" />
      <span class="change-names">
        <bdi class="name" title={path}>
          {path}
        </bdi>
        {kind === "renamed" && (
          <span class="from">
            {t("compare.renamedFrom")} <bdi title={from}>{from}</bdi>
          </span>
        )}
      </span>
      <span class="amount">{sizes(change)}</span>
    </span>
  );
}

function sizes({ a, b }) {
  if (a && b && a.size !== b.size) return `${size(a.size)} → ${size(b.size)}`;
  return size((b ?? a).size);
}
