// A model that can be turned, with its textures as the version has them. It is loaded with the first model.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad } from "../../api/load.js";
import { Busy, Button, Empty, Notice } from "../../parts/basics.jsx";
import { t } from "../../texts/index.js";
import { loadModel } from "./load.js";
import { Stage } from "./stage.js";

const KEYS = {
  ArrowLeft: (stage) => stage.turn(-1, 0),
  ArrowRight: (stage) => stage.turn(1, 0),
  ArrowUp: (stage) => stage.turn(0, -1),
  ArrowDown: (stage) => stage.turn(0, 1),
  "+": (stage) => stage.nearer(1),
  "-": (stage) => stage.nearer(-1),
  0: (stage) => stage.frame(),
};

export function View({ path, linkTo, name }) {
  const { data, error } = useLoad((signal) => loadModel(path, (one) => linkTo(one, signal)), [path]);
  if (error) {
    return (
      <Empty icon="model" title={t("model.broken")}>
        <p class="detail">{error.message}</p>
      </Empty>
    );
  }
  return data ? <Model found={data} name={name} /> : <Busy label={t("model.loading")} />;
}

function Model({ found, name }) {
  const box = useRef();
  const stage = useRef();
  const [facts, setFacts] = useState();
  const [wires, setWires] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    try {
      stage.current = new Stage(box.current, found.object, found.manager);
    } catch {
      setFailed(true); // a browser or a machine without WebGL
      return undefined;
    }
    setFacts(stage.current.facts);
    return () => stage.current.end();
  }, [found]);
  const keys = (event) => {
    if (!KEYS[event.key] || !stage.current) return;
    event.preventDefault();
    KEYS[event.key](stage.current);
  };
  const showWires = () => {
    stage.current.wires(!wires);
    setWires(!wires);
  };
  if (failed) return <Empty icon="model" title={t("model.noWebgl")} />;
  return (
    <div class="stage-with-bar">
      {found.missing.length > 0 && (
        <Notice kind="warning" title={t("model.missing", { count: found.missing.length })}>
          <p class="detail">
            <bdi>{found.missing.join(", ")}</bdi>
          </p>
        </Notice>
      )}
      <div
        class="stage model"
        ref={box}
        tabIndex={0}
        role="application"
        aria-label={t("model.label", { name })}
        onKeyDown={keys}
      />
      <div class="stage-bar">
        <span>{facts && told(facts)}</span>
        <Button kind="link" aria-pressed={wires} onClick={showWires}>
          {t("model.wires")}
        </Button>
        <Button kind="link" onClick={() => stage.current?.frame()}>
          {t("model.frame")}
        </Button>
      </div>
    </div>
  );
}

function told({ triangles, points, size }) {
  const values = { count: points || triangles, size: size.join(" × ") };
  return points ? t("model.points", values) : t("model.triangles", values);
}
