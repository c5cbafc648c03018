// What went wrong, and what to do: of a 403 the rule that decided, of a 409 what somebody else did meanwhile.

import { useLoad } from "../api/load.js";
import { listHistory } from "../api/past.js";
import { explainAccess } from "../api/store.js";
import { sentenceOf, versionOf } from "../past/events.js";
import { t } from "../texts/index.js";
import { Button, Notice, Time } from "./basics.jsx";
import { commitsSince, inWords, refusedActions } from "./reasons.js";
import { Who } from "./who.jsx";

const KNOWN = [0, 400, 401, 403, 404, 409, 412, 413, 429, 500, 503];
const BROKEN = 500;
const FORBIDDEN = 403;
const CONFLICTS = [409, 412];

/** Whether the state that somebody looked at has passed. */
export const isConflict = (error) => CONFLICTS.includes(error?.status);

/** `rev` is the asset's revision that the page has read: what was committed behind it is news. */
export function Refusal({ error, where, rev, again }) {
  if (!error) return null;
  const status = error.status ?? 0;
  const word = KNOWN.includes(status) || status < BROKEN ? status : BROKEN;
  const known = error.status !== undefined && KNOWN.includes(word);
  const isOld = isConflict(error);
  const title = t(known ? `error.${word}` : "error.other", { status });
  const label = t(isOld ? "error.409.look" : "again");
  return (
    <Notice kind="error" title={title} actions={again && <Button onClick={again}>{label}</Button>}>
      {status === FORBIDDEN && error.method ? (
        <Why error={error} where={where} />
      ) : (
        <>
          {inWords(error.message) && <p class="detail">{inWords(error.message)}</p>}
          {known && <p>{t(`error.${word}.next`)}</p>}
        </>
      )}
      {isOld && rev !== undefined && where?.asset && <Meanwhile where={where} rev={rev} />}
    </Notice>
  );
}

/** Both tiers are asked: whether the route may be called at all, and what may be done to this asset. */
function Why({ error, where = {} }) {
  const route = `${error.method} ${error.path}`;
  const { data } = useLoad((signal) => explainAccess({ ...where, route }, signal), [route]);
  const message = error.message && <p class="detail">{error.message}</p>;
  if (!data) {
    return (
      <>
        {message}
        <p>{t("error.403.next")}</p>
      </>
    );
  }
  const refusals = [
    data.api &&
      !data.api.allowed && [t("error.403.route", { route, reason: data.api.reason }), data.api.allowedRoles],
    ...refusedActions(data.asset?.actions ?? {}, error.message).map(({ reason, roles, actions }) => [
      t("error.403.action", { action: actions.map((one) => t(`action.${one}`)).join(", "), reason }),
      roles,
    ]),
  ].filter(Boolean);
  return (
    <>
      {!refusals.length && message}
      <p>{t("error.403.roles", { roles: data.roles.join(", ") || t("nobody") })}</p>
      {data.rolesWithoutMfa.length > 0 && (
        <p>{t("why.withoutMfa", { roles: data.rolesWithoutMfa.join(", ") })}</p>
      )}
      <ul>
        {refusals.map(([text, roles]) => (
          <li key={text + roles}>
            {text} <WhoMay roles={roles} />
          </li>
        ))}
      </ul>
      <p>{t("error.403.next")}</p>
    </>
  );
}

/** With which roles one may what is refused. */
export function WhoMay({ roles }) {
  return roles?.length > 0 && <strong>{t("error.403.may", { roles: roles.join(", ") })}</strong>;
}

/** What was done to the asset since the page was read. */
function Meanwhile({ where, rev }) {
  const { data } = useLoad((signal) => listHistory(where, { signal }), [where, rev]);
  const news = commitsSince(data?.items ?? [], rev);
  if (!news.length) return null;
  return (
    <>
      <p>{t("error.409.meanwhile")}</p>
      <ul>
        {news.map((one) => (
          <li key={one.eventId}>
            {versionOf(one) && t("version.title", { number: versionOf(one) })}{" "}
            {t(`event.${sentenceOf(one)}`, { event: one.event })} · <Who name={one.createdBy} /> ·{" "}
            <Time at={one.dateCreated} />
          </li>
        ))}
      </ul>
    </>
  );
}
