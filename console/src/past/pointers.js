// What was live then beside what is live now, one row a pointer.

/** `{what, name, was, is}`: the current version, the published one, and each alias of then or now. */
export function rowsOf(then, now) {
  const names = Object.keys({ ...then.aliases, ...now.aliases }).sort();
  const number = (version) => version?.Version;
  return [
    { what: "current", was: number(then.currentVersion), is: number(now.currentVersion) },
    { what: "published", was: number(then.publishedVersion), is: number(now.publishedVersion) },
    ...names.map((name) => ({
      what: "alias",
      name,
      was: number(Object.hasOwn(then.aliases, name) ? then.aliases[name] : undefined),
      is: number(Object.hasOwn(now.aliases, name) ? now.aliases[name] : undefined),
    })),
  ];
}
