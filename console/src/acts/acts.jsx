// What can be done: which acts a menu offers for a thing in its state, and the dialog that asks first.
import { useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { Dialog } from "../parts/dialog.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { offered, offeredOf } from "./offered.js";
import { Seen } from "./seen.js";

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
  const finish = (result) => {
    close();
    done(result);
  };
  return {
    open,
    items: (version) => items(offered(version, asset?.status !== "archived"), (kind) => open(kind, version)),
    assetItems: () => items(offeredOf(asset), (kind) => open(kind)),
    dialog: asked && (
      <Seen.Provider value={{ rev: asset?.rev, look }}>
        <LazyDialog
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

function LazyDialog({ close, ...rest }) {
  const { data: View, error, reload } = useLoad(async () => (await import("./dialogs.jsx")).View, []);
  if (View) return <View close={close} {...rest} />;
  if (!error) return null; // it comes in a moment
  return (
    <Dialog title={t(`act.${rest.kind}`)} close={close}>
      <Refusal error={error} again={reload} />
    </Dialog>
  );
}
