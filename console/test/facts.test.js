import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BoxGeometry,
  BufferGeometry,
  Group,
  InstancedMesh,
  Mesh,
  MeshStandardMaterial,
  Points,
  Texture,
} from "three";
import { factsOf } from "../src/files/model/facts.js";

test("a model is counted with all that is in it, however deep", () => {
  const skin = new MeshStandardMaterial({ map: new Texture() });
  const inner = new Group();
  inner.add(new Mesh(new BoxGeometry(1, 2, 3), [skin, new MeshStandardMaterial()]));
  const model = new Group();
  model.add(
    inner,
    new Mesh(new BoxGeometry(1, 1, 1), skin),
    new InstancedMesh(new BoxGeometry(1, 1, 1), skin, 5),
  );
  const { triangles, meshes, materials, textures, size } = factsOf(model);
  assert.deepEqual(
    { triangles, meshes, materials, textures },
    { triangles: 84, meshes: 3, materials: 2, textures: 1 },
  );
  assert.deepEqual(size, [1, 2, 3]);
});

test("points are counted, and an empty model has no size", () => {
  assert.equal(factsOf(new Points(new BoxGeometry(1, 1, 1))).points, 36);
  assert.deepEqual(factsOf(new Group()).size, [0, 0, 0]);
  assert.equal(factsOf(new Mesh(new BufferGeometry())).triangles, 0);
});
