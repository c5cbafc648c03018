import assert from "node:assert/strict";
import { test } from "node:test";
import { merged } from "../src/admin/deliveries.js";
import { toggled } from "../src/admin/event_kinds.js";
import { missing, questionOf } from "../src/admin/question.js";
import { formOf, opensPolicy, ruleOf } from "../src/admin/rules.js";
import { keyOf, mine, stateOf } from "../src/admin/tokens.js";

const delivery = (deliveryId, state = "pending") => ({ deliveryId, state });

test("deliveries that come anew take their places, and new ones come first", () => {
  const found = merged([delivery("b"), delivery("a")], [delivery("c"), delivery("b", "delivered")]);
  assert.deepEqual(
    found.map((one) => `${one.deliveryId} ${one.state}`),
    ["c pending", "b delivered", "a pending"],
  );
});

test("a group of events takes the place of what is in it, and leaves what nobody knows", () => {
  assert.deepEqual(toggled(["version.created", "later.kind"], "version.*", true), [
    "later.kind",
    "version.*",
  ]);
  assert.deepEqual(toggled(["version.*", "asset.created"], "version.*", false), ["asset.created"]);
});

test("a token is known by the id that VAMS has for it; one of before has none", () => {
  const tokenId = "fe783b1e-2c96-49a4-a7a4-4d3bc9e94223.305dd5ac89df495e9c4bad703da01eb3";
  assert.equal(keyOf(tokenId), "305dd5ac-89df-495e-9c4b-ad703da01eb3");
  assert.equal(keyOf("of-before"), undefined);
  const [off, old] = mine(
    [{ tokenId }, { tokenId: "of-before" }],
    [{ apiKeyId: keyOf(tokenId), isActive: "false", description: "Night" }],
  );
  assert.deepEqual([off.isOn, off.description, old.isOn, old.keyId], [false, "Night", true, undefined]);
});

test("a token is over at its end, and ends soon within a week", () => {
  const now = Date.parse("2026-03-01T00:00:00Z");
  const of = (expiresAt, isOn = true) => stateOf({ isOn, expiresAt }, now);
  assert.equal(of("2026-02-28T00:00:00Z"), "over");
  assert.equal(of("2026-03-05T00:00:00Z"), "soon");
  assert.equal(of("2026-06-01T00:00:00Z"), "on");
  assert.equal(of("2026-06-01T00:00:00Z", false), "off");
});

const report = (api, asset, more = {}) => ({
  userId: "mara",
  roles: ["viewer"],
  callers: [{ scopes: null }],
  api: { route: "POST /database/cars/assets/lamp/assetversions/1/publish", ...api },
  asset: { actions: { publish: asset } },
  ...more,
});
const YES = { allowed: true, rule: "viewer-api", reason: "" };
const NO = { allowed: false, rule: null, reason: "" };
const asked = { what: "publish", database: "cars", asset: "lamp" };

test("an action on an asset is asked of both tiers", () => {
  assert.deepEqual(questionOf({ ...asked, user: "mara", asset: "a b" }), {
    userId: "mara",
    databaseId: "cars",
    assetId: "a b",
    route: "POST /database/cars/assets/a%20b/assetversions/1/publish",
  });
  assert.equal(questionOf({ what: "publish", database: "cars" }), undefined);
  assert.deepEqual(questionOf({ what: "route", method: "PUT", path: "/roles" }), { route: "PUT /roles" });
});

test("where nothing allows, the rule that is missing is said for each tier", () => {
  const [route, asset] = missing(report(NO, NO), asked);
  assert.deepEqual(route.criteriaAnd, [
    { field: "route__path", operator: "starts_with", value: "/database/cars/" },
  ]);
  assert.equal(route.groupPermissions[0].permission, "POST");
  assert.deepEqual(asset.groupPermissions, [
    { groupId: "viewer", permission: "PUT", permissionType: "allow" },
  ]);
  assert.equal(missing(report(YES, NO), asked).length, 1);
});

test("no rule is missing where one denies, or where scopes are too little", () => {
  assert.deepEqual(missing(report(YES, { ...NO, rule: "no-publish" }), asked), []);
  assert.deepEqual(missing(report(NO, NO, { callers: [{ scopes: ["data:read"] }] }), asked), []);
});

const RULE = {
  constraintId: "hero",
  name: "hero",
  description: "",
  objectType: "asset",
  criteriaAnd: [{ field: "databaseId", operator: "equals", value: "cars" }],
  criteriaOr: [{ field: "tags", operator: "is_one_of", value: ["hero", "lead"] }],
  groupPermissions: [
    { groupId: "viewer", permission: "PUT", permissionType: "allow" },
    { groupId: "viewer", permission: "DELETE", permissionType: "deny" },
  ],
  userPermissions: [{ userId: "mara", permission: "GET", permissionType: "allow" }],
};

test("a rule that is opened and saved says what it said", () => {
  const { constraintId, ...rest } = RULE;
  assert.deepEqual(ruleOf(formOf(RULE)), { identifier: constraintId, ...rest });
});

test("a rule on routes that opens policy is told, whichever way it says so", () => {
  const on = (operator, value, permission = "POST", permissionType = "allow") =>
    opensPolicy({
      objectType: "api",
      criteriaAnd: [{ field: "route__path", operator, value }],
      criteriaOr: [],
      groupPermissions: [{ groupId: "viewer", permission, permissionType }],
      userPermissions: [],
    });
  assert.ok(on("starts_with", "/"));
  assert.ok(on("is_one_of", ["/roles"]));
  assert.ok(on("does_not_contain", "database"));
  assert.ok(!on("starts_with", "/database"));
  assert.ok(!on("starts_with", "/", "GET"));
  assert.ok(!on("starts_with", "/", "POST", "deny"));
});
