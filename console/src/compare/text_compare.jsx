// Two texts, line by line: what went, what came, and a little of what stayed around it.
import { diffLines } from "diff";
import { useMemo, useState } from "preact/hooks";
import { useLoad } from "../api/load.js";
import { readText } from "../files/bytes.js";
import { Busy, Empty, Notice } from "../parts/basics.jsx";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const MOST_BYTES = 256 * 1024;
const AROUND = 3;
const LONGEST_LINE = 2_000;
const MOST_MILLISECONDS = 1_500;

export function TextCompare({ urls, names, change }) {
  const { data, error, reload } = useLoad(
    (signal) => Promise.all(urls.map((url) => readText(url, MOST_BYTES, signal))),
    urls,
  );
  const parts = useMemo(() => data && compare(data[0].text, data[1].text), [data]);
  const [opened, setOpened] = useState(new Set());
  if (error) return <Refusal error={error} again={reload} />;
  if (!data) return <Busy />;
  if (data.some((one) => one.binary)) return <Empty icon="file" title={t("preview.binary")} />;
  if (!parts) return <Empty icon="text" title={t("compare.tooDifferent")} />;
  const cut = change.a.size > MOST_BYTES || change.b.size > MOST_BYTES;
  return (
    <div class="text-view">
      {cut && <Notice title={t("compare.cut")} />}
      <div class="table-box" tabIndex={0} role="group" aria-label={t("compare.text")}>
        <table class="diff">
          <thead>
            <tr>
              <th scope="col">{names[0]}</th>
              <th scope="col">{names[1]}</th>
              <th scope="col">{t("compare.line")}</th>
            </tr>
          </thead>
          <tbody>
            {folded(parts, opened).map((row) =>
              row.folded ? (
                <tr class="folded" key={`f${row.key}`}>
                  <td colSpan={3}>
                    <button
                      type="button"
                      class="button link"
                      onClick={() => setOpened(new Set([...opened, row.key]))}
                    >
                      {t("compare.unfold", { count: row.folded })}
                    </button>
                  </td>
                </tr>
              ) : (
                <tr class={row.kind} key={row.key}>
                  <td class="line-number">{row.a}</td>
                  <td class="line-number">{row.b}</td>
                  <td class="line">
                    {row.kind !== "same" && <span class="unseen">{t(`compare.line.${row.kind}`)}</span>}
                    <span dir="auto">{row.text}</span>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Rows with the line's number on either side; undefined where it would take too long to tell. */
function compare(before, after) {
  const parts = diffLines(before, after, { stripTrailingCr: true, timeout: MOST_MILLISECONDS });
  if (!parts) return undefined;
  let [a, b] = [0, 0];
  return parts.flatMap(({ value, added, removed }) => {
    const lines = value.replace(/\n$/, "").split("\n");
    const kind = added ? "added" : removed ? "removed" : "same";
    return lines.map((line) => {
      if (!added) a += 1;
      if (!removed) b += 1;
      const text = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line;
      return { kind, text, a: added ? "" : a, b: removed ? "" : b, key: `${kind}${a}-${b}` };
    });
  });
}

/** The same without what stayed, but for a few lines around each change, and for what somebody opened. */
function folded(rows, opened) {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    if (row.kind !== "same") near.fill(1, Math.max(0, index - AROUND), index + AROUND + 1);
  });
  const found = [];
  for (let index = 0; index < rows.length; ) {
    let end = index;
    while (end < rows.length && !near[end]) end += 1;
    const key = rows[index].key;
    if (end > index && !opened.has(key)) found.push({ folded: end - index, key });
    else found.push(...rows.slice(index, Math.max(end, index + 1)));
    index = Math.max(end, index + 1);
  }
  return found;
}
