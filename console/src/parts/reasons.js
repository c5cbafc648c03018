// What a refusal rests on: the actions that a rule denies, and what was committed meanwhile.
const ACTION = /^You are not allowed to (\w+) here/;
const MOST_NEWS = 5;

/**
 * `[{reason, roles, actions}]`: what one rule decides, and the same roles may, is one line; of the action alone that
 * the refusal names, if it does.
 */
export function refusedActions(actions, message = "") {
  const named = message.match(ACTION)?.[1];
  const found = new Map();
  for (const [action, { allowed, reason, allowedRoles: roles = [] }] of Object.entries(actions)) {
    if (!allowed && (!(named in actions) || action === named)) {
      const key = JSON.stringify([reason, roles]);
      found.set(key, { reason, roles, actions: [...(found.get(key)?.actions ?? []), action] });
    }
  }
  return [...found.values()];
}

/** The newest of those behind a revision of the asset; what merely goes along with another one is left out. */
export function commitsSince(events, rev) {
  const byRev = new Map(events.filter((one) => one.rev > rev).map((one) => [one.rev, one]));
  return [...byRev.values()].slice(0, MOST_NEWS);
}
