// What a refusal rests on: the actions that a rule denies, and what was committed meanwhile.
const ACTION = /^You are not allowed to (\w+) here/;
const MOST_NEWS = 5;
// What only a program can do: call a route, send a header, name something as code does.
const FOR_PROGRAMS = /\bETag\b|\b(GET|PUT|POST|PATCH|DELETE) \/|\b[a-z]+[A-Z]\w*/;
const QUOTED = /'[^']*'/g;

/** What a refusal says to people. Where nothing else names what is wrong, that is all of it. */
export function inWords(message = "") {
  const said = message.split(/(?<=\.)\s+/).filter((one) => !FOR_PROGRAMS.test(one.replace(QUOTED, "")));
  return said.join(" ") || (/\bETag\b/.test(message) ? "" : message);
}

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
