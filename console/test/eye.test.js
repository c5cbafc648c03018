import assert from "node:assert/strict";
import { test } from "node:test";
import { Box3, Vector3 } from "three";
import { Eye, steer } from "../src/files/model/eye.js";

const cube = (from, to) => new Box3(new Vector3(from, from, from), new Vector3(to, to, to));
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} and ${b}`);

function eyeOn(...spaces) {
  const eye = new Eye();
  const drawn = spaces.map(() => 0);
  spaces.forEach((space, index) => {
    eye.join({ draw: () => drawn[index]++ }, space);
  });
  return { eye, drawn };
}

function press(eye, key, how = {}) {
  let taken = false;
  steer({ key, preventDefault: () => (taken = true), ...how }, eye);
  return taken;
}

test("both models are in sight, and whatever the eye does is drawn on both stages", () => {
  const { eye, drawn } = eyeOn(cube(0, 1), cube(3, 5));
  assert.deepEqual(eye.target.toArray(), [2.5, 2.5, 2.5]);
  const before = [...drawn];
  for (const key of ["ArrowLeft", "ArrowUp", "+", "0"]) assert.ok(press(eye, key));
  assert.deepEqual(drawn, [before[0] + 4, before[1] + 4]);
});

test("keys turn, move and bring nearer, and 0 goes back to where all is seen", () => {
  const { eye } = eyeOn(cube(0, 1));
  const start = eye.camera.position.clone();
  const away = start.distanceTo(eye.target);
  press(eye, "ArrowRight");
  near(eye.camera.position.distanceTo(eye.target), away);
  assert.ok(eye.camera.position.distanceTo(start) > 0.1);
  press(eye, "+");
  near(eye.camera.position.distanceTo(eye.target), away / 1.15);
  const target = eye.target.clone();
  press(eye, "ArrowRight", { shiftKey: true });
  assert.ok(eye.target.distanceTo(target) > 0.01);
  press(eye, "0");
  near(eye.camera.position.distanceTo(start), 0);
});

test("other keys, and those with a modifier, are the page's", () => {
  const { eye } = eyeOn(cube(0, 1));
  assert.ok(!press(eye, "Tab"));
  assert.ok(!press(eye, "-", { ctrlKey: true }));
  assert.ok(!press(eye, "0", { metaKey: true }));
});

test("a narrow view sees as much across as a square one", () => {
  const { eye } = eyeOn(cube(0, 1));
  const across = () => 2 * Math.atan(Math.tan((eye.camera.fov * Math.PI) / 360) * eye.camera.aspect);
  eye.fit(1);
  const square = across();
  eye.fit(0.5);
  near(across(), square);
});
