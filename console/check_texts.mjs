// Each text that the page asks for is there, and each that is there is asked for.
import english from "./src/texts/en.js";

const WHOLE = /\bt\(\s*(?:[^()"'`]*\?\s*)?"([^"]+)"(?:\s*:\s*"([^"]+)")?/g;
const BEGUN = /\bt\(\s*(?:[^()"'`]*\?\s*)?`([^`$]+)\$\{/g;
// A key that stands in a table, to be asked for later.
const NAMED = /(?:title|label|text|why): "([a-z]\w*(?:\.\w+)+)"/g;

/** The keys that stand in the sources to ask for a text, and for nothing else: no event, say, has the same name. */
export function checkTexts(sources, texts = english) {
  const asked = new Set();
  const prefixes = new Set();
  const meant = new Map();
  const said = new Map();
  const count = (found, key) => found.set(key, (found.get(key) ?? 0) + 1);
  for (const [path, source] of sources) {
    for (const pattern of [WHOLE, NAMED]) {
      for (const [, ...keys] of source.matchAll(pattern)) {
        for (const key of keys.filter(Boolean)) {
          if (!(key in texts))
            throw new Error(`${path} asks for the text ${key}, which src/texts/en.js has not.`);
          asked.add(key);
          count(meant, key);
        }
      }
    }
    for (const [, begun] of source.matchAll(BEGUN)) prefixes.add(begun);
    for (const [, word] of source.matchAll(/"([\w.]+)"/g)) count(said, word);
  }
  const begun = (key) => [...prefixes].some((one) => key.startsWith(one));
  const idle = Object.keys(texts).filter((key) => !asked.has(key) && !begun(key));
  if (idle.length) throw new Error(`src/texts/en.js has texts that nobody asks for: ${idle.join(", ")}.`);
  return Object.keys(texts).filter((key) => !begun(key) && meant.get(key) === said.get(key));
}
