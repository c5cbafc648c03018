import assert from "node:assert/strict";
import { test } from "node:test";
import { countHidden, fits, says, versionBefore } from "../src/pages/timeline.js";

const version = (number, more = {}) => ({
  Version: `${number}`,
  state: "draft",
  comment: "",
  description: "",
  createdBy: "mara",
  revision: "B",
  versionAliases: [],
  isProtected: false,
  ...more,
});

test("what is archived is left out until somebody asks for it", () => {
  const archived = version(1, { state: "archived" });
  assert.deepEqual(
    ["usual", "all", "archived", "draft"].map((state) => fits(archived, state)),
    [false, true, true, false],
  );
  assert.equal(countHidden([archived, version(2)], "", ""), 1);
  assert.equal(countHidden([archived, version(2)], "someone", ""), 0);
});

test("a version is found by its state, its protection and its aliases", () => {
  assert.ok(fits(version(1, { isProtected: true }), "protected"));
  assert.ok(!fits(version(1), "protected"));
  assert.ok(fits(version(1, { versionAliases: ["a"] }), "aliased"));
  assert.ok(fits(version(1, { state: "published" }), "published"));
});

test("a search wants all words, in comment, author, alias or number", () => {
  const found = version(12, { comment: "As the client wants", versionAliases: ["review"] });
  for (const text of ["", "CLIENT as", "mara review", "v12"]) assert.ok(says(found, text), text);
  assert.ok(!says(found, "client nobody"));
});

test("the first version is known only when all pages are there", () => {
  const all = [version(2), version(1)];
  assert.equal(versionBefore({ done: false }, all, all[0]), "1");
  assert.equal(versionBefore({ done: false }, all, all[1]), undefined);
  assert.equal(versionBefore({ done: true }, all, all[1]), null);
});
