// A model that can be turned, with its textures as the version has them. It is loaded with the first model.
import { useMemo, useState } from "preact/hooks";
import { useLoad } from "../../api/load.js";
import { t } from "../../texts/index.js";
import { Large, MOST_UNASKED } from "../large.jsx";
import { Eye, steer } from "./eye.js";
import { loadModel, TooLarge } from "./load.js";
import { Canvas, Coming, Failed, Lacking, Lost, StageBar, useRounds } from "./parts.jsx";

export function View({ path, size, linkTo }) {
  const [asked, setAsked] = useState(false);
  const most = asked ? Number.POSITIVE_INFINITY : Math.max(size, MOST_UNASKED);
  const [bytes, tell] = useState(0);
  const { round, lost, setLost, again } = useRounds();
  const { data, error } = useLoad(
    (signal) => loadModel(path, (one) => linkTo(one, signal), { signal, tell, most }),
    [path, most, round],
  );
  if (error instanceof TooLarge) {
    return <Large bytes={error.size} show={() => setAsked(true)} />;
  }
  if (error) return <Failed error={error} path={path} linkTo={linkTo} again={again} />;
  if (lost) return <Lost why={lost} again={again} />;
  return data ? <Model found={data} name={path} lost={setLost} /> : <Coming bytes={bytes} whole={size} />;
}

function Model({ found, name, lost }) {
  const eye = useMemo(() => new Eye(), [found]);
  const [wires, setWires] = useState(false);
  return (
    <div class="stage-with-bar">
      <Lacking found={found} />
      <Canvas
        found={found}
        eye={eye}
        wires={wires}
        lost={lost}
        tabIndex={0}
        role="application"
        aria-label={t("model.label", { name })}
        onKeyDown={(event) => steer(event, eye)}
      />
      <StageBar wires={wires} setWires={setWires} eye={eye}>
        <span>{told(found.facts)}</span>
      </StageBar>
    </div>
  );
}

function told({ triangles, points, size }) {
  const values = { count: points || triangles, size: size.join(" × ") };
  return points ? t("model.points", values) : t("model.triangles", values);
}
