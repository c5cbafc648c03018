// Two pictures: beside each other, one over the other with a slider, or what differs between them.
import { useState } from "preact/hooks";
import { Picture } from "../files/picture.jsx";
import { Empty } from "../parts/basics.jsx";
import { t } from "../texts/index.js";
import { Slider, Ways } from "./ways.jsx";

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
      <Ways label={t("compare.way.label")} way={way} setWay={setWay} />
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
            <Slider names={names} place={place} setPlace={setPlace} label={t("compare.slider")} />
          ) : (
            <p class="hint">{t("compare.difference.what")}</p>
          )}
        </>
      )}
    </div>
  );
}
