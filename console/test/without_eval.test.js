import assert from "node:assert/strict";
import { test } from "node:test";
import { callerOf, invokerOf } from "../src/files/model/unpack/without_eval.js";

const number = {
  toWireType: (_, value) => value * 2,
  fromWireType: (value) => value / 2,
  destructorFunction: null,
};
const fail = (why) => {
  throw new Error(why);
};

test("what goes in and what comes out is translated, and put away afterwards", () => {
  const gone = [];
  const text = { ...number, destructorFunction: (value) => gone.push(value) };
  const invoke = (target, ...values) => target(...values);
  const call = invokerOf({
    types: [number, null, number, text],
    returns: true,
    invoke,
    target: (a, b) => a + b,
    fail,
  });
  assert.equal(call(3, 4), 7);
  assert.deepEqual(gone, [8]);
  assert.throws(() => call(3), /expected 2/);
});

test("a method has its object first, and a stack is emptied at the end", () => {
  const self = { toWireType: (stack, object) => stack.push("x") && object.place, destructorFunction: null };
  const emptied = [];
  const call = invokerOf({
    types: [number, self],
    isMethod: true,
    needsStack: true,
    returns: false,
    invoke: (target, place) => target(place),
    target: (place) => emptied.push(place),
    runDestructors: (stack) => emptied.push(stack),
    fail,
  });
  assert.equal(call.call({ place: 7 }), undefined);
  assert.deepEqual(emptied, [7, ["x"]]);
});

test("arguments lie one behind the other in memory", () => {
  const memory = { 8: 3, 12: 4 };
  const type = { readValueFromPointer: (place) => memory[place], argPackAdvance: 4 };
  const give = (_result, _destructors, answer) => answer;
  const object = { add: (a, b) => a + b };
  assert.equal(callerOf(0, {}, [type, type], give)(object, object.add, [], 8), 7);
  class Pair {
    constructor(...values) {
      this.values = values;
    }
  }
  assert.deepEqual(callerOf(1, {}, [type, type], give)(null, Pair, [], 8).values, [3, 4]);
  assert.equal(
    callerOf(0, { isVoid: true }, [], give)(object, () => 5, [], 8),
    undefined,
  );
});
