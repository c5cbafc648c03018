import assert from "node:assert/strict";
import { test } from "node:test";
import { wrongField } from "../src/acts/wrong.js";
import { commitsSince, inWords, refusedActions } from "../src/parts/reasons.js";

const FIELDS = ["comment", "versionAliases"];
const refused = (status, message) => Object.assign(new Error(message), { status });

test("a refusal that names a field belongs to it, whichever of its entries is meant", () => {
  const error = refused(400, "versionAliases.0: must not begin with 'v-'");
  assert.deepEqual(wrongField(error, FIELDS), { field: "versionAliases", text: "must not begin with 'v-'" });
});

test("a refusal of a part of a field belongs to the field", () => {
  const error = refused(400, "criteriaAnd.0.value: must be a text where the operator is equals.");
  assert.equal(wrongField(error, ["criteriaAnd"]).field, "criteriaAnd");
});

test("a refusal of a field that the dialog does not have is for all of it", () => {
  assert.equal(wrongField(refused(400, "version: the current version can't be archived"), FIELDS), undefined);
  assert.equal(wrongField(refused(403, "comment: no"), FIELDS), undefined);
  assert.equal(wrongField(undefined, FIELDS), undefined);
});

test("a name that is taken belongs to its field", () => {
  const alias = refused(409, "Alias 'prod' names another version of this asset already; take another.");
  assert.equal(wrongField(alias, FIELDS).field, "versionAliases");
  const rule = refused(409, "Constraint 'x' exists already; change it, or choose another id.");
  assert.equal(wrongField(rule, ["identifier"]).field, "identifier");
  const id = refused(409, "Asset 'one' exists already in database 'probe'; choose another id.");
  assert.equal(wrongField(id, ["assetId"]).field, "assetId");
  assert.equal(wrongField(refused(409, 'The asset\'s ETag is "3" now, not "1".'), FIELDS), undefined);
});

const no = (reason, allowedRoles) => ({ allowed: false, reason, allowedRoles });
const both = ["admin", "editor"];
const actions = {
  read: { allowed: true },
  update: no("A", both),
  archive: no("A", both),
  revert: no("A", ["admin"]),
  delete: no("B", []),
};
const DELETE = { reason: "B", roles: [], actions: ["delete"] };

test("refused actions are told by the rule that decides and the roles that may", () => {
  assert.deepEqual(refusedActions(actions), [
    { reason: "A", roles: both, actions: ["update", "archive"] },
    { reason: "A", roles: ["admin"], actions: ["revert"] },
    DELETE,
  ]);
});

test("where the refusal names its action, the others are no matter", () => {
  assert.deepEqual(refusedActions(actions, "You are not allowed to delete here."), [DELETE]);
});

test("what was committed since the page was read is told once a commit", () => {
  const events = [
    { rev: null, event: "files.changed", version: null },
    { rev: 9, event: "alias.moved", version: null },
    { rev: 9, event: "version.updated", version: { Version: "2" } },
    { rev: 8, event: "asset.updated", version: null },
    { rev: 7, event: "version.created", version: { Version: "3" } },
  ];
  assert.deepEqual(
    commitsSince(events, 7).map(({ event }) => event),
    ["version.updated", "asset.updated"],
  );
  assert.deepEqual(commitsSince(events, 9), []);
});

test("people are told what is wrong, not which route or header a program would use", () => {
  const said = "No database 'nodb'. GET /database lists those that you may read; POST /database makes one.";
  assert.equal(inWords(said), "No database 'nodb'.");
  assert.equal(inWords("No version '99'. getVersions lists them."), "No version '99'.");
  assert.equal(inWords("The asset has moved on: read it again for its ETag."), "");
  assert.equal(inWords("Something newer stands at 'myFile.txt'."), "Something newer stands at 'myFile.txt'.");
  assert.equal(inWords("assetName: must have a letter"), "assetName: must have a letter");
  assert.equal(inWords(undefined), "");
});
