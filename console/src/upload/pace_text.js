// How far an upload is, in a line.
import { size } from "../parts/format.js";
import { t } from "../texts/index.js";

const MINUTE = 60;
const HOUR = 3_600;

export function paceOf({ run, bytes, rate, rest, isOffline, phase }) {
  if (phase === "versioning") return t("upload.pace.version");
  if (isOffline) return t("upload.pace.offline");
  const said = [t("upload.pace.bytes", { done: size(bytes), all: size(run.total) })];
  if (bytes >= run.total) said.push(t("upload.pace.place"));
  else if (rate > 0) said.push(t("upload.pace.rate", { rate: size(rate) }), restOf(rest));
  return said.join(" · ");
}

/** No second is told that will be another one in a moment. */
function restOf(seconds) {
  if (seconds < MINUTE) return t("upload.rest.seconds", { count: Math.max(5, Math.ceil(seconds / 5) * 5) });
  if (seconds < HOUR) return t("upload.rest.minutes", { count: Math.ceil(seconds / MINUTE) });
  return t("upload.rest.hours", { count: Math.ceil(seconds / HOUR) });
}
