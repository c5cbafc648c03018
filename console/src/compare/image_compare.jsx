// Two pictures: beside each other, one over the other with a slider, or what differs between them.
import { useState } from "preact/hooks";
import { Picture } from "../files/picture.jsx";
import { Empty } from "../parts/basics.jsx";
import { t } from "../texts/index.js";

const WAYS = ["beside", "slider", "difference"];

export function ImageCompare({ urls, names, path }) {
  const [way, setWay] = useState("beside");
  const [place, setPlace] = useState(50);
  const [failed, setFailed] = useState(false);
  if (failed) return <Empty icon="image" title={t("preview.broken")} />;
  const picture = (index) => (
    <Picture
      url={urls[index]}
      path={path}
      alt={t("compare.pictureOf", { path, side: names[index] })}
      onError={() => setFailed(true)}
    />
  );
  return (
    <div class="stage-with-bar">
      <div class="segments" role="group" aria-label={t("compare.way.label")}>
        {WAYS.map((one) => (
          <button type="button" key={one} aria-pressed={one === way} onClick={() => setWay(one)}>
            {t(`compare.way.${one}`)}
          </button>
        ))}
      </div>
      {way === "beside" ? (
        <div class="pictures beside">
          {urls.map((url, index) => (
            <figure key={url}>
              <div class="checkered">{picture(index)}</div>
              <figcaption>{names[index]}</figcaption>
            </figure>
          ))}
        </div>
      ) : (
        <>
          <div class={`pictures over checkered ${way}`} style={{ "--place": `${place}%` }}>
            {picture(0)}
            {picture(1)}
            {way === "slider" && <span class="slider-line" aria-hidden="true" />}
          </div>
          {way === "slider" ? (
            <label class="slider">
              <span>{names[0]}</span>
              <input
                type="range"
                min={0}
                max={100}
                value={place}
                aria-label={t("compare.slider")}
                onInput={(event) => setPlace(Number(event.currentTarget.value))}
              />
              <span>{names[1]}</span>
            </label>
          ) : (
            <p class="hint">{t("compare.difference.what")}</p>
          )}
        </>
      )}
    </div>
  );
}
