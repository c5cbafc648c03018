import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
};
const { begun, forget, jobsOf, remember } = await import("../src/api/begun.js");
const where = { database: "cars", asset: "lamp" };

beforeEach(() => {
  kept.clear();
});

test("a job is remembered until it is forgotten, for its person and its asset", () => {
  remember({ person: "mara", ...where, operationId: "1", kind: "revert", number: "2" });
  remember({ person: "otto", ...where, operationId: "2", kind: "zip", number: "2" });
  assert.deepEqual(
    jobsOf(begun.value, "mara", where).map((one) => one.operationId),
    ["1"],
  );
  assert.deepEqual(jobsOf(begun.value, "mara", { ...where, asset: "door" }), []);
  forget("1");
  assert.deepEqual(jobsOf(begun.value, "mara", where), []);
  assert.equal(JSON.parse(kept.get("jobs")).length, 1);
});

test("what was begun long ago, or was written by others, is no job", () => {
  kept.set("jobs", JSON.stringify([{ operationId: "old", begun: 0 }]));
  remember({ person: "mara", ...where, operationId: "3" });
  assert.deepEqual(
    begun.value.map((one) => one.operationId),
    ["3"],
  );
  kept.set("jobs", "no list");
  remember({ person: "mara", ...where, operationId: "4" });
  assert.equal(begun.value.length, 1);
});
