// Which field a refusal is about: the API writes `field: what is wrong`, with the place in a list behind a dot.
const SAID = /^([\w-]+)((?:\.[\w-]+)*): (.+)$/s;

/** What the API says of this field, or undefined. */
export function problemAt(error, field) {
  if (error?.status !== 400) return undefined;
  const [, name, , problem] = SAID.exec(error.message ?? "") ?? [];
  return name === field ? problem[0].toUpperCase() + problem.slice(1) : undefined;
}
