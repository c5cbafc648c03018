// What a model alone and two beside each other have in common.
import { useEffect, useRef, useState } from "preact/hooks";
import { save } from "../../api/links.js";
import { Button, Empty, Notice } from "../../parts/basics.jsx";
import { size } from "../../parts/format.js";
import { t } from "../../texts/index.js";
import { Stage } from "./stage.js";
import { NoDecoder } from "./unpack/helper.js";

export function Canvas({ found, eye, wires, lost, ...rest }) {
  const canvas = useRef();
  const stage = useRef();
  useEffect(() => {
    try {
      stage.current = new Stage(canvas.current, found, eye, () => lost("lost"));
    } catch {
      lost("noWebgl"); // a browser or a machine without WebGL
      return undefined;
    }
    return () => stage.current.end();
  }, [found]);
  useEffect(() => stage.current?.wires(wires), [wires]);
  return (
    <div class="stage model" {...rest}>
      <canvas ref={canvas} />
    </div>
  );
}

/** What can be done about all that is on the stage. */
export function StageBar({ children, wires, setWires, eye }) {
  return (
    <div class="stage-bar">
      {children}
      <Button kind="link" aria-pressed={wires} onClick={() => setWires(!wires)}>
        {t("model.wires")}
      </Button>
      <Button kind="link" onClick={() => eye.frame()}>
        {t("model.frame")}
      </Button>
    </div>
  );
}

const MOST_TOLD = 20;

/** What a model names and does not have, or has and can't be drawn; `side` says whose it is, of two. */
export function Lacking({ found, side }) {
  const undrawn = found.undrawn.value;
  const title = (text) => (side ? t("model.ofSide", { side, text }) : text);
  return (
    <>
      {found.missing.length > 0 && (
        <Notice kind="warning" title={title(t("model.missing", { count: found.missing.length }))}>
          <p class="detail">
            <bdi>{found.missing.slice(0, MOST_TOLD).join(", ")}</bdi>
            {found.missing.length > MOST_TOLD && " …"}
          </p>
        </Notice>
      )}
      {undrawn > 0 && <Notice kind="warning" title={title(t("model.undrawn", { count: undrawn }))} />}
    </>
  );
}

export function Failed({ error, path, linkTo, again }) {
  const noDecoder = error instanceof NoDecoder;
  return (
    <Empty icon="model" title={t(noDecoder ? "model.noDecoder" : "model.broken")}>
      {error.message && <p class="detail">{error.message}</p>}
      <div class="actions">
        {noDecoder && <Button onClick={again}>{t("again")}</Button>}
        <Button icon="download" onClick={async () => save(await linkTo(path))}>
          {t("download")}
        </Button>
      </div>
    </Empty>
  );
}

export function Lost({ why, again }) {
  return (
    <Empty icon="model" title={t(`model.why.${why}`)}>
      <Button onClick={again}>{t("again")}</Button>
    </Empty>
  );
}

/** How far it is; it may be left at any time. */
export function Coming({ bytes, whole }) {
  const share = Math.min(bytes, whole);
  return (
    <div class="coming">
      <p class="busy" role="status">
        <span class="spinner" aria-hidden="true" />
        {t("model.loading")}
      </p>
      {whole > SEEN && (
        <p class="progress">
          <progress value={share} max={whole} aria-label={t("model.loading")} />
          {t("model.come", { done: size(share), whole: size(whole) })}
        </p>
      )}
    </div>
  );
}

// What is smaller is there before somebody has read how far it is.
const SEEN = 1_000_000;

/** Load anew, and what was lost of the last one: `[round, lost, setLost, again]`. */
export function useRounds() {
  const [round, setRound] = useState(0);
  const [lost, setLost] = useState();
  const again = () => {
    setLost(undefined);
    setRound(round + 1);
  };
  return { round, lost, setLost, again };
}
