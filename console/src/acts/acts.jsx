// What can be done with versions: which of it a state allows, and the dialog that asks first.
import { useState } from "preact/hooks";
import { t } from "../texts/index.js";
import { ConfirmDialog } from "./confirm.jsx";
import { CreateDialog } from "./create.jsx";
import { EditDialog } from "./edit.jsx";
import { RevertDialog } from "./revert.jsx";
import { ZipDialog } from "./zip.jsx";

const DIALOGS = {
  create: CreateDialog,
  edit: EditDialog,
  revert: RevertDialog,
  zip: ZipDialog,
  publish: ConfirmDialog,
  archive: ConfirmDialog,
  unarchive: ConfirmDialog,
};

/** `open(kind, version)` asks; `dialog` is to be drawn; `done({number})` is called once something was done. */
export function useActs(where, done) {
  const [asked, setAsked] = useState();
  const open = (kind, version, paths) => setAsked({ kind, version, paths });
  const close = () => setAsked(undefined);
  const items = (version) =>
    offered(version).map(([kind, icon]) => ({
      label: t(`act.${kind}`),
      icon,
      act: () => open(kind, version),
    }));
  const Asked = asked && DIALOGS[asked.kind];
  const finish = (result) => {
    close();
    done(result);
  };
  return {
    open,
    items,
    dialog: Asked && <Asked key={asked.kind} where={where} {...asked} close={close} done={finish} />,
  };
}

/** By the table of the lifecycle: what is archived is read-only, and a published version keeps its comment. */
function offered({ state, isCurrent, isProtected }) {
  if (state === "deleted") return [];
  if (state === "archived")
    return [
      ["revert", "revert"],
      ["unarchive", "archive"],
    ];
  return [
    ["edit", "edit"],
    state !== "published" && ["publish", "publish"],
    ["revert", "revert"],
    !isCurrent && !isProtected && ["archive", "archive"],
  ].filter(Boolean);
}
