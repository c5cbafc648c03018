// All dialogs that ask before something is done: they come when the first of them is opened.
import { ActivateDialog } from "./activate.jsx";
import { AssetEndDialog } from "./asset_end.jsx";
import { AssetDialog } from "./asset_form.jsx";
import { CloneDialog } from "./clone.jsx";
import { ConfirmDialog } from "./confirm.jsx";
import { CreateDialog } from "./create.jsx";
import { DatabaseDialog } from "./database_form.jsx";
import { DeleteDialog } from "./delete.jsx";
import { EditDialog } from "./edit.jsx";
import { RevertDialog } from "./revert.jsx";
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

export function View({ kind, ...rest }) {
  const Asked = DIALOGS[kind];
  return <Asked kind={kind} {...rest} />;
}
