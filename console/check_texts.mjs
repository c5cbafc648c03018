// Each text that the page asks for is there, each that is there is asked for, and none stands anywhere else.
import texts from "./src/texts/en.js";

const WHOLE = /\bt\(\s*(?:[^()"'`]*\?\s*)?"([^"]+)"(?:\s*:\s*"([^"]+)")?/g;
const BEGUN = /\bt\(\s*(?:[^()"'`]*\?\s*)?`([^`$]+)\$\{/g;
// A key that stands in a table, to be asked for later.
const NAMED = /(?:title|label|text|why): "([a-z]\w*(?:\.\w+)+)"/g;

// Words between tags, and in the attributes that people see or hear.
const SPOKEN = [
  /[^=]>\s*([^<>{}()=;&`]*\p{L}{2}[^<>{}()=;&`]*?)\s*(?:<\/|<\w|\{)/gu,
  /\}\s*([^<>{}()=;&`]*\p{L}{2}[^<>{}()=;&`]*?)\s*<\//gu,
  /\b(?:title|label|hint|alt|placeholder|text|aria-\w+)="([^"]*\p{L} [^"]*|\p{Lu}[^"]*)"/gu,
];

export function checkTexts(sources) {
  for (const [path, source] of sources) {
    const [words] = SPOKEN.flatMap((pattern) => [...source.matchAll(pattern)].map(([, found]) => found));
    if (words && path.endsWith(".jsx"))
      throw new Error(`${path} says "${words}" itself: texts are in src/texts/en.js.`);
  }
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
