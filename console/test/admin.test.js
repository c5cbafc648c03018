import assert from "node:assert/strict";
import { test } from "node:test";
import { merged } from "../src/admin/deliveries.js";
import { toggled } from "../src/admin/event_kinds.js";
import { problemAt } from "../src/admin/problem.js";
import { keyOf, mine, stateOf } from "../src/admin/tokens.js";

const delivery = (deliveryId, state = "pending") => ({ deliveryId, state });
const bad = (message) => ({ status: 400, message });

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

test("a refusal is said at its field, or at that of the list it is in", () => {
  assert.equal(problemAt(bad("url: must begin with https://."), "url"), "Must begin with https://.");
  assert.equal(problemAt(bad("events.1: 'x' is no type: none."), "events"), "'x' is no type: none.");
  assert.equal(problemAt(bad("url: no."), "tags"), undefined);
  assert.equal(problemAt({ status: 409, message: "url: no." }, "url"), undefined);
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
