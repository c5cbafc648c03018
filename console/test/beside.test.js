import assert from "node:assert/strict";
import { test } from "node:test";
import {
  besidePath,
  bytesBeside,
  bytesMade,
  bytesUnpacked,
  gltfOf,
  isPacked,
  namedByGltf,
  namedByMtl,
  namedByObj,
} from "../src/files/model/beside.js";

test("a name leads from the model's own folder, and never out of the version", () => {
  assert.equal(besidePath("a/b/m.gltf", "t/wood.png"), "a/b/t/wood.png");
  assert.equal(besidePath("a/b/m.gltf", "../x%20y.bin"), "a/x y.bin");
  assert.equal(besidePath("a/m.obj", ".\\maps\\c.png"), "a/maps/c.png");
  assert.equal(besidePath("m.obj", "../../../etc/passwd"), "etc/passwd");
});

test("nobody else's host is asked for anything", () => {
  for (const name of ["https://elsewhere.example/a.png", "data:image/png;base64,AA", "blob:x", "file:///a"]) {
    assert.equal(besidePath("m.gltf", name), undefined);
  }
});

test("what a model names is found", () => {
  const gltf = {
    buffers: [{ uri: "a.bin" }, {}],
    images: [{ uri: "b.png" }, { bufferView: 1 }, { uri: "b.png" }],
  };
  assert.deepEqual(namedByGltf(gltf), ["a.bin", "b.png"]);
  assert.deepEqual(namedByObj("mtllib my materials.mtl\no x\n"), ["my materials.mtl"]);
  const mtl =
    "newmtl a\nmap_Kd -s 1 1 1 -o 0.5 0 0 skin one.png\n  map_Bump -bm 0.3 n.png\nKd 1 1 1\nbump n.png\r\n";
  assert.deepEqual(namedByMtl(mtl), ["skin one.png", "n.png"]);
});

test("a glTF is read in either form", () => {
  const json = new TextEncoder().encode('{"a":1}  ');
  assert.deepEqual(gltfOf(json.buffer), { a: 1 });
  const binary = new DataView(new ArrayBuffer(20 + json.length));
  binary.setUint32(0, 0x46546c67, true);
  binary.setUint32(12, json.length, true);
  new Uint8Array(binary.buffer).set(json, 20);
  assert.deepEqual(gltfOf(binary.buffer), { a: 1 });
});

test("what has to come for a glTF is known before it comes, and whether it takes a decoder", () => {
  const buffers = [{ uri: "a.bin", byteLength: 70 }, { uri: "data:,x", byteLength: 9 }, { byteLength: 5 }];
  assert.equal(bytesBeside({ buffers }), 70);
  assert.equal(bytesBeside({}), 0);
  assert.ok(isPacked({ extensionsUsed: ["KHR_lights_punctual", "EXT_meshopt_compression"] }));
  assert.ok(!isPacked({ extensionsUsed: ["KHR_lights_punctual"] }) && !isPacked({}));
});

test("what is made of few bytes is known before it is made", () => {
  const accessors = [
    { count: 1e9, type: "VEC3", componentType: 5126 },
    { bufferView: 0, count: 1e9, type: "VEC3", componentType: 5126 },
    { count: 2, type: "SCALAR", componentType: 5121 },
  ];
  const packed = { EXT_meshopt_compression: { count: 1000, byteStride: 12 } };
  assert.equal(bytesMade({ accessors, bufferViews: [{ extensions: packed }, {}] }), 12e9 + 2 + 12_000);
  assert.equal(bytesMade({}), 0);
});

test("what a ZIP unpacks to is known before it is unpacked", () => {
  const entry = new DataView(new ArrayBuffer(46 + 5));
  entry.setUint32(0, 0x02014b50, true);
  entry.setUint32(24, 700_000_000, true);
  entry.setUint16(28, 5, true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint32(16, 3, true);
  const whole = Uint8Array.from(
    [new Uint8Array(3), entry.buffer, entry.buffer, end.buffer].flatMap((one) => [...new Uint8Array(one)]),
  );
  assert.equal(bytesUnpacked(whole.buffer), 1_400_000_000);
  assert.equal(bytesUnpacked(new TextEncoder().encode("no ZIP at all, though it is long enough").buffer), 0);
});
