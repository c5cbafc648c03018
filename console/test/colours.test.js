import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const LEAST = 4.5; // WCAG 2.2, AA
const COLOUR = /--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));/g;
const base = readFileSync(new URL("../src/styles/base.css", import.meta.url), "utf8");
const colours = Object.fromEntries(
  [...base.matchAll(COLOUR)].map(([, name, light, dark, both]) => [name, [light ?? both, dark ?? both]]),
);

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Axe looks at nothing that is below the pointer: what a colour stands on is told here for all of them. */
const STANDS_ON = {
  "on-accent": ["accent-fill", "accent-fill-over", "bad-fill", "bad-fill-over"],
  good: ["good-soft"],
  bad: ["bad-soft"],
  warn: ["warn-soft"],
};
for (const word of ["text", "quiet", "accent", "good", "bad", "warn"])
  STANDS_ON[word] = [...(STANDS_ON[word] ?? []), "page", "surface", "raised", "sunken", "accent-soft"];

for (const [word, grounds] of Object.entries(STANDS_ON))
  test(`${word} is read on all that it stands on, by day and by night`, () => {
    for (const ground of grounds)
      for (const theme of [0, 1]) {
        const found = contrast(colours[word][theme], colours[ground][theme]);
        assert.ok(found >= LEAST, `${ground}: ${found.toFixed(2)} in the ${theme ? "dark" : "light"}`);
      }
  });
