// What went wrong, and what to do: of a 403 the rule that decided, of a 409 that somebody else was first.

import { useLoad } from "../api/load.js";
import { explainAccess } from "../api/store.js";
import { t } from "../texts/index.js";
import { Button, Notice } from "./basics.jsx";

const KNOWN = [0, 400, 401, 403, 404, 409, 413, 429, 503];

export function Refusal({ error, where, again }) {
  if (!error) return null;
  const status = error.status ?? 0;
  const known = error.status !== undefined && KNOWN.includes(status);
  const title = t(known ? `error.${status}` : "error.other", { status });
  return (
    <Notice kind="error" title={title} actions={again && <Button onClick={again}>{t("again")}</Button>}>
      {error.message && <p class="detail">{error.message}</p>}
      {known && status !== 403 && <p>{t(`error.${status}.next`)}</p>}
      {status === 403 && <Why error={error} where={where} />}
    </Notice>
  );
}

/** Both tiers are asked: whether the route may be called at all, and what may be done to this asset. */
function Why({ error, where = {} }) {
  const route = `${error.method} ${error.path}`;
  const { data } = useLoad((signal) => explainAccess({ ...where, route }, signal), [route]);
  if (!data) return <p>{t("error.403.next")}</p>;
  const refusals = [
    data.api && !data.api.allowed && t("error.403.route", { route, reason: data.api.reason }),
    ...refusedActions(data.asset?.actions ?? {}).map(([reason, actions]) =>
      t("error.403.action", { action: actions.map((one) => t(`action.${one}`)).join(", "), reason }),
    ),
  ].filter(Boolean);
  return (
    <>
      <p>{t("error.403.roles", { roles: data.roles.join(", ") || t("nobody") })}</p>
      <ul>
        {refusals.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>{t("error.403.next")}</p>
    </>
  );
}

/** By the reason: what one rule decides is one line. */
function refusedActions(actions) {
  const found = new Map();
  for (const [action, { allowed, reason }] of Object.entries(actions)) {
    if (!allowed) found.set(reason, [...(found.get(reason) ?? []), action]);
  }
  return [...found];
}
