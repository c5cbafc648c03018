// Two versions of a model, seen by one eye: beside each other, under a slider, or only what differs; and in numbers.
import { useMemo, useState } from "preact/hooks";
import { useLoad } from "../../api/load.js";
import { Slider, Ways } from "../../compare/ways.jsx";
import { count } from "../../parts/format.js";
import { t } from "../../texts/index.js";
import { Large, MOST_UNASKED } from "../large.jsx";
import { Eye, steer } from "./eye.js";
import { loadModel, TooLarge } from "./load.js";
import { Canvas, Coming, Failed, Lacking, Lost, StageBar, useRounds } from "./parts.jsx";

/** `sides` are two: `{name, path, size, linkTo}`. */
export function View({ sides }) {
  const whole = sides[0].size + sides[1].size;
  const [asked, setAsked] = useState(false);
  const [bytes, setBytes] = useState([0, 0]);
  const { round, lost, setLost, again } = useRounds();
  const { data, error } = useLoad(
    (signal) => {
      const load = async ({ path, size, linkTo }, index) => {
        const most = asked ? Number.POSITIVE_INFINITY : Math.max(size, MOST_UNASKED / 2);
        const tell = (came) => setBytes((before) => before.with(index, came));
        try {
          return await loadModel(path, (one) => linkTo(one, signal), { signal, tell, most });
        } catch (error) {
          if (signal.aborted || error instanceof TooLarge) throw error;
          return { error };
        }
      };
      return Promise.all(sides.map(load));
    },
    [asked, round],
  );
  if (error) return <Large bytes={error.size} show={() => setAsked(true)} />;
  if (lost) return <Lost why={lost} again={again} />;
  if (!data) return <Coming bytes={bytes[0] + bytes[1]} whole={whole} />;
  return <Pair key={round} sides={sides} found={data} lost={setLost} again={again} />;
}

function Pair({ sides, found, lost, again }) {
  const eye = useMemo(() => new Eye(), []);
  const [wires, setWires] = useState(false);
  const [way, setWay] = useState("beside");
  const [place, setPlace] = useState(50);
  const both = found.every((one) => one.object);
  const names = sides.map((one) => one.name);
  return (
    <div class="stage-with-bar">
      {both && <Ways label={t("model.ways")} way={way} setWay={setWay} />}
      {found.map(
        (one, index) => one.object && <Lacking key={names[index]} found={one} side={names[index]} />,
      )}
      <div
        class={`models ${way}`}
        style={{ "--place": `${place}%` }}
        tabIndex={0}
        role="application"
        aria-label={t("model.pair", { a: names[0], b: names[1] })}
        onKeyDown={(event) => steer(event, eye)}
      >
        {found.map((one, index) => (
          <figure key={names[index]}>
            {one.object ? (
              <Canvas found={one} eye={eye} wires={wires} lost={lost} />
            ) : (
              <Failed error={one.error} {...sides[index]} again={again} />
            )}
            <figcaption>{names[index]}</figcaption>
          </figure>
        ))}
        {way === "slider" && <span class="slider-line" aria-hidden="true" />}
      </div>
      {way === "slider" && (
        <Slider names={names} place={place} setPlace={setPlace} label={t("model.slider")} />
      )}
      {way === "difference" && <p class="hint">{t("compare.difference.what")}</p>}
      {found.some((one) => one.object) && <StageBar wires={wires} setWires={setWires} eye={eye} />}
      {both && <Facts names={names} facts={found.map((one) => one.facts)} />}
    </div>
  );
}

const ROWS = ["triangles", "points", "meshes", "materials", "textures", "width", "height", "depth"];
const ALWAYS = ROWS.slice(-3);

function Facts({ names, facts }) {
  const [a, b] = facts.map(({ size: [width, height, depth], ...rest }) => ({
    ...rest,
    width,
    height,
    depth,
  }));
  const rows = ROWS.filter((name) => ALWAYS.includes(name) || a[name] || b[name]);
  return (
    <div class="table-box model-facts" tabIndex={0} role="group" aria-label={t("model.facts")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("model.fact")}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
            <th scope="col">{t("model.fact.difference")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((name) => (
            <tr key={name} class={a[name] === b[name] ? undefined : "differs"}>
              <th scope="row">{t(`model.fact.${name}`)}</th>
              <td>{count(a[name])}</td>
              <td>{count(b[name])}</td>
              <td class="difference">{difference(b[name] - a[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What has to be added to the first for the second. */
function difference(value) {
  if (!value) return t("model.fact.same");
  return (value > 0 ? "+" : "−") + count(Math.abs(value));
}
