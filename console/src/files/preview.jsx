// Shows one file of a version. What is in a file never runs: pictures are drawn, all else is read as text.
import { useState } from "preact/hooks";
import { fileLink, save } from "../api/links.js";
import { useLoad } from "../api/load.js";
import { Busy, Button, Empty } from "../parts/basics.jsx";
import { FilePane } from "../parts/file_pane.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { ImageView } from "./image.jsx";
import { iconOf, kindOf } from "./kinds.js";
import { Large, MOST_UNASKED } from "./large.jsx";
import { LazyModel, LazyPdf } from "./lazy.jsx";
import { TextView } from "./text.jsx";

export function Preview({ where, side, file }) {
  const {
    data: url,
    error,
    loading,
    reload,
  } = useLoad(
    (signal) => fileLink(where, file.path, side, signal),
    [where.database, where.asset, JSON.stringify(side), file.path],
  );
  return (
    <FilePane path={file.path} facts={<Facts file={file} url={url} />}>
      {error ? (
        <Refusal error={error} where={where} again={reload} />
      ) : loading && !url ? (
        <Busy />
      ) : (
        <Shown
          key={`${file.path} ${url}`}
          url={url}
          file={file}
          linkTo={(path, signal) => fileLink(where, path, side, signal)}
        />
      )}
    </FilePane>
  );
}

function Facts({ file, url }) {
  return (
    <>
      <span class="amount">{size(file.size)}</span>
      <Button icon="download" disabled={!url} onClick={() => save(url)}>
        {t("download")}
      </Button>
    </>
  );
}

const VIEWS = {
  image: ({ url, file }) => <ImageView url={url} name={file.path} />,
  text: ({ url, file }) => <TextView url={url} size={file.size} />,
  pdf: ({ url, file }) => <LazyPdf url={url} name={file.path} />,
  model: (rest) => <ModelView {...rest} />,
  video: ({ url, file }) => <Player kind="video" url={url} name={file.path} />,
  audio: ({ url, file }) => <Player kind="audio" url={url} name={file.path} />,
};

function Shown({ url, file, linkTo }) {
  const [asText, setAsText] = useState(false);
  if (!file.size) return <Empty icon="file" title={t("preview.empty")} />;
  const View = VIEWS[asText ? "text" : kindOf(file.path)];
  if (View) return <View url={url} file={file} linkTo={linkTo} />;
  return (
    <Empty icon={iconOf(file.path)} title={t("preview.none")}>
      <p>{t("preview.none.next")}</p>
      <Button icon="text" onClick={() => setAsText(true)}>
        {t("preview.asText")}
      </Button>
    </Empty>
  );
}

function ModelView({ file, linkTo }) {
  const [wanted, setWanted] = useState(file.size <= MOST_UNASKED);
  if (wanted) return <LazyModel path={file.path} size={file.size} linkTo={linkTo} />;
  return <Large bytes={file.size} show={() => setWanted(true)} />;
}

function Player({ kind: Kind, url, name }) {
  const [failed, setFailed] = useState(false);
  if (failed) return <Empty icon="video" title={t("preview.unplayable")} />;
  return (
    <div class="stage">
      {/* Captions are files of their own, if there are any: nobody says which. */}
      <Kind
        class={`player ${Kind}`}
        src={url}
        controls
        preload="metadata"
        aria-label={name}
        onError={() => setFailed(true)}
      />
    </div>
  );
}
