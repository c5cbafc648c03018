// What a revert or an activation would do to the working files, shown before it is done.
import { useLoad } from "../api/load.js";
import { revertVersion } from "../api/store.js";
import { Busy, Notice } from "../parts/basics.jsx";
import { count, size } from "../parts/format.js";
import { Refusal } from "../parts/refusal.jsx";
import { t } from "../texts/index.js";

const NAMED = 200;

/** Loaded, with the `etag` of the state that it holds for; `missing` counts what can't be brought back. */
export function usePlan(where, number, chosen) {
  const plan = useLoad(() => revertVersion(where, number, { dryRun: true, ...chosen }), [number]);
  return { ...plan, missing: plan.data?.body.plan.missing.count ?? 0 };
}

export function Plan({ where, plan, same }) {
  if (plan.error) return <Refusal error={plan.error} where={where} again={plan.reload} />;
  if (!plan.data) return <Busy label={t("act.revert.planning")} />;
  const { plan: found, missingReasons, bytesToCopy } = plan.data.body;
  if (!found.copy.count && !found.delete.count && !found.missing.count) return <Notice title={same} />;
  return (
    <div class="plan" role="group" aria-label={t("act.revert.plan")}>
      <Paths kind="copy" group={found.copy} more={size(bytesToCopy)} />
      <Paths kind="delete" group={found.delete} />
      <Paths kind="missing" group={found.missing} reasons={missingReasons} />
    </div>
  );
}

function Paths({ kind, group, more, reasons = {} }) {
  if (!group.count) return null;
  const shown = group.files.slice(0, NAMED);
  return (
    <details class={`plan-group ${kind}`} open={group.count <= 10}>
      <summary>
        {t(`act.revert.${kind}`, { count: group.count })}
        {more && ` · ${more}`}
      </summary>
      <ul>
        {shown.map((path) => (
          <li key={path}>
            <bdi>{path}</bdi>
            {reasons[path] && <span class="detail"> {reasons[path]}</span>}
          </li>
        ))}
        {group.count > shown.length && (
          <li class="unsaid">{t("act.revert.others", { count: count(group.count - shown.length) })}</li>
        )}
      </ul>
    </details>
  );
}
