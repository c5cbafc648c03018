// Each text that the page asks for is there, and each that is there is asked for.
import texts from "./src/texts/en.js";

const WHOLE = /\bt\(\s*(?:[^()"'`]*\?\s*)?"([^"]+)"(?:\s*:\s*"([^"]+)")?/g;
const BEGUN = /\bt\(\s*(?:[^()"'`]*\?\s*)?`([^`$]+)\$\{/g;
// A key that stands in a table, to be asked for later.
const NAMED = /(?:title|label|text|why): "([a-z]\w*(?:\.\w+)+)"/g;

export function checkTexts(sources) {
  const asked = new Set();
  const prefixes = new Set();
  for (const [path, source] of sources) {
    for (const pattern of [WHOLE, NAMED]) {
      for (const [, ...keys] of source.matchAll(pattern)) {
        for (const key of keys.filter(Boolean)) {
          if (!(key in texts))
            throw new Error(`${path} asks for the text ${key}, which src/texts/en.js has not.`);
          asked.add(key);
        }
      }
    }
    for (const [, begun] of source.matchAll(BEGUN)) prefixes.add(begun);
  }
  const idle = Object.keys(texts).filter(
    (key) => !asked.has(key) && ![...prefixes].some((one) => key.startsWith(one)),
  );
  if (idle.length) throw new Error(`src/texts/en.js has texts that nobody asks for: ${idle.join(", ")}.`);
}
