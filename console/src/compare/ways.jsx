// How two pictures or models are compared: beside each other, one over the other with a slider, or what differs.
import { t } from "../texts/index.js";

const WAYS = ["beside", "slider", "difference"];

export function Ways({ label, way, setWay }) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {WAYS.map((one) => (
        <button type="button" key={one} aria-pressed={one === way} onClick={() => setWay(one)}>
          {t(`compare.way.${one}`)}
        </button>
      ))}
    </div>
  );
}

export function Slider({ names, place, setPlace, label }) {
  return (
    <label class="slider">
      <span>{names[0]}</span>
      <input
        type="range"
        min={0}
        max={100}
        value={place}
        aria-label={label}
        onInput={(event) => setPlace(Number(event.currentTarget.value))}
      />
      <span>{names[1]}</span>
    </label>
  );
}
