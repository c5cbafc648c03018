import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, sameOf, totalsOf } from "../src/compare/changes.js";

const one = { versionId: "1", size: 1 };
const FILES = [
  { relativeKey: "new.txt", status: "added", a: null, b: one },
  { relativeKey: "old.txt", status: "removed", a: one, b: null },
  { relativeKey: "gone.txt", status: "removed", a: one, b: null },
  { relativeKey: "same.txt", status: "changed", a: one, b: one },
];
const RENAMES = { count: 1, files: [{ from: "old.txt", to: "new.txt" }] };

test("a renamed file is one change, under its new name", () => {
  const found = changesOf(FILES, RENAMES).map(({ kind, path, from }) => [kind, path, from]);
  assert.deepEqual(found, [
    ["renamed", "new.txt", "old.txt"],
    ["removed", "gone.txt", "gone.txt"],
    ["changed", "same.txt", "same.txt"],
  ]);
});

test("where nobody has looked for renames there are none", () => {
  assert.equal(changesOf(FILES, null).length, 4);
});

test("totals count a renamed file once", () => {
  const totals = { added: 3, removed: 2, changed: 1 };
  assert.deepEqual(totalsOf({ totals, renames: RENAMES }), { added: 2, removed: 1, changed: 1, renamed: 1 });
  assert.deepEqual(totalsOf({ totals: null }), {});
});

test("a file that no comparison names is the same under its own name", () => {
  const { kind, path, from } = sameOf("lamp.glb");
  assert.deepEqual([kind, path, from], ["same", "lamp.glb", "lamp.glb"]);
});
