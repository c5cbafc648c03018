// A picture, drawn by the browser and nothing else: a drawing with a script in it stays a picture.
import { useState } from "preact/hooks";
import { Button, Empty } from "../parts/basics.jsx";
import { t } from "../texts/index.js";
import { Picture } from "./picture.jsx";

export function ImageView({ url, name }) {
  const [real, setReal] = useState(false);
  const [found, setFound] = useState();
  const [failed, setFailed] = useState(false);
  if (failed) return <Empty icon="image" title={t("preview.broken")} />;
  return (
    <div class="stage-with-bar">
      <div
        class={real ? "stage checkered real" : "stage checkered"}
        tabIndex={0}
        role="group"
        aria-label={t("preview.picture")}
      >
        <Picture
          url={url}
          path={name}
          alt={name}
          onLoad={({ currentTarget: image }) => setFound([image.naturalWidth, image.naturalHeight])}
          onError={() => setFailed(true)}
        />
      </div>
      <div class="stage-bar">
        <span>{found?.[0] ? t("preview.pixels", { width: found[0], height: found[1] }) : ""}</span>
        <Button kind="link" aria-pressed={real} onClick={() => setReal(!real)}>
          {t(real ? "preview.fit" : "preview.real")}
        </Button>
      </div>
    </div>
  );
}
