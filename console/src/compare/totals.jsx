// How many files differ, of each kind that there is.
import { t } from "../texts/index.js";
import { KINDS, totalsOf } from "./changes.js";

/** `first` is the first page of a comparison; `children` come behind. */
export function Totals({ first, children }) {
  const totals = totalsOf(first);
  return (
    <ul class="summary">
      {KINDS.filter((kind) => totals[kind] > 0).map((kind) => (
        <li key={kind} class={kind}>
          {t(`compare.total.${kind}`, { count: totals[kind] })}
        </li>
      ))}
      {children}
    </ul>
  );
}
