import assert from "node:assert/strict";
import { test } from "node:test";
import { offered, offeredOf } from "../src/acts/offered.js";

const names = (version, live) => offered(version, live).map(([name]) => name);
const draft = { state: "draft", isCurrent: false, isProtected: false };

test("a draft may go each way", () => {
  assert.deepEqual(names(draft), [
    "edit",
    "publish",
    "activate",
    "revert",
    "clone",
    "verify",
    "protect",
    "archive",
    "delete",
  ]);
});

test("the current version is not archived, and is current already", () => {
  const found = names({ ...draft, isCurrent: true });
  for (const name of ["archive", "activate"]) assert.ok(!found.includes(name), name);
  assert.ok(found.includes("delete"));
});

test("a protected version is neither archived nor deleted before its protection is lifted", () => {
  const found = names({ ...draft, isProtected: true });
  for (const name of ["archive", "delete", "protect"]) assert.ok(!found.includes(name), name);
  assert.ok(found.includes("unprotect"));
});

test("an archived version is read-only, but may come back, be cloned, or go for good", () => {
  assert.deepEqual(names({ ...draft, state: "archived" }), [
    "unarchive",
    "revert",
    "clone",
    "verify",
    "delete",
  ]);
});

test("nothing is done with a deleted version, and an archived asset is only looked at", () => {
  assert.deepEqual(names({ ...draft, state: "deleted" }), []);
  assert.deepEqual(names(draft, false), ["verify"]);
  assert.deepEqual(
    offeredOf({ status: "archived" }).map(([name]) => name),
    ["unarchiveAsset", "deleteAsset"],
  );
});
