// The picture of an asset, asked for when it comes into sight; without one, a drawing of its kind.
import { useEffect, useRef, useState } from "preact/hooks";
import { linkToPreview } from "../api/store.js";
import { iconOf } from "../files/kinds.js";
import { Icon } from "./icons.jsx";
import { whenInSight } from "./sight.js";

export function Thumbnail({ where, asset }) {
  const box = useRef();
  const [url, setUrl] = useState();
  const wanted = asset.previewLocation && asset.isDistributable;
  useEffect(() => {
    if (!wanted) return undefined;
    return whenInSight(box.current, async (signal) => {
      // Without a link there is the drawing: a picture is no reason for a message.
      const found = await linkToPreview(where, signal).catch(() => undefined);
      if (!signal.aborted) setUrl(found?.downloadUrl);
    });
  }, [wanted]);
  const kind = `x${asset.assetType?.startsWith(".") ? asset.assetType : `.${asset.assetType}`}`;
  return (
    <span class={url ? "thumbnail" : "thumbnail bare"} ref={box}>
      {url ? (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => setUrl(undefined)} />
      ) : (
        <Icon name={iconOf(kind) === "file" ? "model" : iconOf(kind)} />
      )}
    </span>
  );
}
