// The files of a version as a tree, or those that a search has found as a list.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Icon } from "../parts/icons.jsx";
import { VirtualList } from "../parts/virtual.jsx";
import { t } from "../texts/index.js";
import { iconOf } from "./kinds.js";
import { FileTree, openNow } from "./tree.js";

const ROW = 34;
// Levels below this one are not set further in: the names would have no room.
const DEEPEST = 8;

/** `marks` say by path how a file differs from somewhere else. */
export function TreeView({ files, chosen, choose, picked, pick, marks, label = t("files.label") }) {
  const [tree] = useState(() => new FileTree());
  const [open, setOpen] = useState();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  tree.add(files.items);
  const opened = openNow(tree, open, chosen);
  const rows = useMemo(
    () => (text.trim() ? tree.search(text) : tree.rows(opened)),
    [files.items.length, text, opened.size, open, chosen],
  );
  useEffect(() => {
    const found = rows.findIndex(({ node }) => node.path === chosen);
    if (found >= 0) setAt(found);
  }, [chosen, files.items.length > 0]);

  const toggle = (path, wanted = !opened.has(path)) => {
    const next = new Set(opened);
    if (wanted) next.add(path);
    else next.delete(path);
    setOpen({ of: chosen, folders: next });
  };
  const act = ({ node }) => (node.folders ? toggle(node.path) : choose(node.path));
  const keys = (event) => {
    const found = rows[at];
    if (!found) return;
    const { node } = found;
    const isOpen = node.folders && opened.has(node.path);
    if (event.key === "Enter") act(found);
    else if (event.key === " " && pick) pick(node);
    else if (event.key === "ArrowRight" && node.folders && !isOpen) toggle(node.path, true);
    else if (event.key === "ArrowRight" && isOpen) setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === "ArrowLeft" && isOpen) toggle(node.path, false);
    else if (event.key === "ArrowLeft") setAt(Math.max(0, parentOf(rows, at)));
    else return;
    event.preventDefault();
  };
  const attributes = (index) => {
    const { node, place, all } = rows[index];
    return {
      onClick: () => {
        setAt(index);
        act(rows[index]);
      },
      "aria-level": text ? 1 : node.level + 1,
      "aria-posinset": place,
      "aria-setsize": all,
      "aria-expanded": node.folders ? opened.has(node.path) : undefined,
      "aria-selected": pick ? picked.has(keyOf(node)) : node.path === chosen,
      "data-path": node.path,
    };
  };
  return (
    <div class="tree">
      <label class="search">
        <Icon name="search" />
        <input
          type="search"
          value={text}
          placeholder={t("files.search")}
          aria-label={t("files.search")}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
        />
      </label>
      <VirtualList
        role="tree"
        rowRole="treeitem"
        label={label}
        count={rows.length}
        height={ROW}
        at={at}
        move={setAt}
        onKey={keys}
        attributes={attributes}
        row={(index) => (
          <TreeRow
            {...rows[index]}
            flat={Boolean(text)}
            open={opened}
            pick={pick}
            picked={picked}
            mark={marks?.get(rows[index].node.path)}
          />
        )}
      />
      <p class="tree-foot" role="status">
        {!files.done && files.loading && t("files.loading", { count: tree.files.length })}
        {files.done && !text && t("files.all", { count: tree.files.length, size: size(tree.root.size) })}
        {text && t("files.found", { count: rows.length })}
        {!files.done && !files.loading && !files.error && (
          <Button kind="link" onClick={files.more}>
            {t("files.more", { count: tree.files.length })}
          </Button>
        )}
      </p>
    </div>
  );
}

/** What a revert is asked for: a folder ends with a slash. */
export function keyOf(node) {
  return node.folders ? `${node.path}/` : node.path;
}

function TreeRow({ node, flat, open, pick, picked, mark }) {
  const isOpen = node.folders && open.has(node.path);
  const level = flat ? 0 : Math.min(node.level, DEEPEST);
  return (
    <span class="tree-row" style={{ paddingInlineStart: `${8 + level * 16}px` }}>
      {!flat && <Icon name="chevron" class={node.folders ? (isOpen ? "turned" : "") : "hidden"} />}
      {pick && (
        <label class="pick" aria-hidden="true" onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            tabIndex={-1}
            checked={picked.has(keyOf(node))}
            onChange={() => pick(node)}
          />
        </label>
      )}
      <Icon name={node.folders ? "folder" : iconOf(node.name)} class={node.folders ? "folder" : "file"} />
      <bdi class="name" title={node.path}>
        {flat ? node.path : node.name}
      </bdi>
      {mark && <span class={`file-mark ${mark}`}>{t(`compare.kind.${mark}`)}</span>}
      <span class="amount">{node.folders ? t("files.count", { count: node.count }) : size(node.size)}</span>
    </span>
  );
}

function parentOf(rows, at) {
  const level = rows[at].node.level;
  for (let index = at; index >= 0; index--) if (rows[index].node.level < level) return index;
  return at;
}
