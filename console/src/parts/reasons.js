// What a refusal rests on: the actions that a rule denies, and what was committed meanwhile.
const ACTION = /^You are not allowed to (\w+) here/;
const MOST_NEWS = 5;

/** By the reason, since what one rule decides is one line; of the action alone that the refusal names, if it does. */
export function refusedActions(actions, message = "") {
  const named = message.match(ACTION)?.[1];
  const found = new Map();
  for (const [action, { allowed, reason }] of Object.entries(actions)) {
    if (!allowed && (!(named in actions) || action === named)) {
      found.set(reason, [...(found.get(reason) ?? []), action]);
    }
  }
  return [...found];
}

/** The newest of those behind a revision of the asset; what merely goes along with another one is left out. */
export function commitsSince(events, rev) {
  const byRev = new Map(events.filter((one) => one.rev > rev).map((one) => [one.rev, one]));
  return [...byRev.values()].slice(0, MOST_NEWS);
}
