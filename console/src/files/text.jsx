// The beginning of a file as text, with the numbers of its lines.
import { useMemo } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { Busy, Empty, Notice } from "../parts/basics.jsx";
import { size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";
import { readText } from "./bytes.js";

const MOST_BYTES = 256 * 1024;
const MOST_LINES = 5_000;
// A line of a minified file would take the browser seconds to lay out.
const LONGEST_LINE = 4_000;

export function TextView({ url, size: whole }) {
  const { data, error, reload } = useLoad((signal) => readText(url, MOST_BYTES, signal), [url]);
  const lines = useMemo(() => data && shorten(data.text), [data]);
  if (error) return <Refusal error={error} again={reload} />;
  if (!data) return <Busy />;
  if (data.binary) return <Empty icon="file" title={t("preview.binary")} />;
  const cut = data.read < whole || lines.length >= MOST_LINES;
  return (
    <div class="text-view">
      {cut && <Notice>{t("preview.cut", { shown: size(data.read), whole: size(whole) })}</Notice>}
      <div class="lines" tabIndex={0} role="group" aria-label={t("preview.text")}>
        <pre aria-hidden="true" class="line-numbers">
          {lines.map((_, index) => index + 1).join("\n")}
        </pre>
        <pre dir="auto">{lines.join("\n")}</pre>
      </div>
    </div>
  );
}

function shorten(text) {
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES);
  return lines.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line));
}
