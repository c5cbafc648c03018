// What can be done: the dialogs that ask first, and what a menu offers for a thing in its state.
import { useState } from "preact/hooks";
import { t } from "../texts/index.js";
import { ActivateDialog } from "./activate.jsx";
import { AssetEndDialog } from "./asset_end.jsx";
import { AssetDialog } from "./asset_form.jsx";
import { CloneDialog } from "./clone.jsx";
import { ConfirmDialog } from "./confirm.jsx";
import { CreateDialog } from "./create.jsx";
import { DatabaseDialog } from "./database_form.jsx";
import { DeleteDialog } from "./delete.jsx";
import { EditDialog } from "./edit.jsx";
import { offered, offeredOf } from "./offered.js";
import { RevertDialog } from "./revert.jsx";
import { Seen } from "./submit.jsx";
import { VerifyDialog } from "./verify.jsx";
import { ZipDialog } from "./zip.jsx";

const DIALOGS = {
  create: CreateDialog,
  edit: EditDialog,
  publish: ConfirmDialog,
  activate: ActivateDialog,
  revert: RevertDialog,
  clone: CloneDialog,
  verify: VerifyDialog,
  protect: ConfirmDialog,
  unprotect: ConfirmDialog,
  archive: ConfirmDialog,
  unarchive: ConfirmDialog,
  delete: DeleteDialog,
  zip: ZipDialog,
  newDatabase: DatabaseDialog,
  newAsset: AssetDialog,
  editAsset: AssetDialog,
  archiveAsset: AssetEndDialog,
  unarchiveAsset: AssetEndDialog,
  deleteAsset: AssetEndDialog,
};

/**
 * `open(kind, version)` asks; `dialog` is to be drawn; `done(result)` is called once something was done. `look`
 * reads the page anew, and `asset` is what it has read, where there is one.
 */
export function useActs(where, done, { asset, look } = {}) {
  const [asked, setAsked] = useState();
  const open = (kind, version, paths) => setAsked({ kind, version, paths });
  const close = () => setAsked(undefined);
  const items = (kinds, act) =>
    kinds.map(([kind, icon]) => ({ label: t(`act.${kind}`), icon, act: () => act(kind) }));
  const Asked = asked && DIALOGS[asked.kind];
  const finish = (result) => {
    close();
    done(result);
  };
  return {
    open,
    items: (version) => items(offered(version, asset?.status !== "archived"), (kind) => open(kind, version)),
    assetItems: () => items(offeredOf(asset), (kind) => open(kind)),
    dialog: Asked && (
      <Seen.Provider value={{ rev: asset?.rev, look }}>
        <Asked
          key={asked.kind}
          where={where}
          asset={asked.kind === "newAsset" ? undefined : asset}
          {...asked}
          close={close}
          done={finish}
        />
      </Seen.Provider>
    ),
  };
}
