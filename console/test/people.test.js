import assert from "node:assert/strict";
import { test } from "node:test";
import { countSame, rowsSince } from "../src/past/since.js";
import { threadsOf, versionOf } from "../src/people/threads.js";

const note = (relativeKey, date, change = "upload") => ({ relativeKey, date, change, by: "mara" });

test("a file that differs has who touched it last; a renamed one by either name", () => {
  const changes = [
    { path: "a", from: "a", kind: "changed" },
    { path: "new", from: "old", kind: "renamed" },
    { path: "c", from: "c", kind: "added" },
  ];
  const notes = [note("a", "2026-01-01T00:00:00Z"), note("a", "2026-01-03T00:00:00Z", "put")];
  const rows = rowsSince(changes, [...notes, note("old", "2026-01-04T00:00:00Z", "move")]);
  assert.deepEqual(
    rows.map((row) => [row.path, row.note?.change]),
    [
      ["new", "move"],
      ["a", "put"],
      ["c", undefined],
    ],
  );
});

test("what was touched and is as it was is counted, each path once", () => {
  const notes = [
    note("a", "2026-01-01T00:00:00Z"),
    note("b", "2026-01-01T00:00:00Z"),
    note("b", "2026-01-02T00:00:00Z"),
  ];
  assert.equal(countSame([{ path: "a", from: "a" }], notes), 1);
});

test("comments stand below their versions, the newest version first, in the order of writing", () => {
  const comment = (place, dateCreated) => ({ "assetVersionId:commentId": place, dateCreated });
  const found = threadsOf([
    comment("2:b", "2026-01-02T00:00:00Z"),
    comment("10:a", "2026-01-01T00:00:00Z"),
    comment("2:a", "2026-01-01T00:00:00Z"),
    comment("x-object:a", "2026-01-01T00:00:00Z"),
  ]);
  assert.deepEqual(
    found.map(([number, some]) => [number, some.map((one) => one["assetVersionId:commentId"])]),
    [
      ["10", ["10:a"]],
      ["2", ["2:a", "2:b"]],
      [undefined, ["x-object:a"]],
    ],
  );
  assert.equal(versionOf(comment("1:10:2", "")), "1");
});

test("of two notes of one path the later one counts, in whichever order they come", () => {
  const changes = [{ path: "a.txt", kind: "removed" }];
  const notes = [
    note("a.txt", "2026-01-02T00:00:00Z", "delete"),
    note("a.txt", "2026-01-01T00:00:00Z", "put"),
  ];
  assert.equal(rowsSince(changes, notes)[0].note.change, "delete");
  assert.equal(rowsSince(changes, notes.toReversed())[0].note.change, "delete");
});
