import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { Batch } from "../src/upload/batch.js";
import { batchesOf, partsFor } from "../src/upload/batches.js";
import { folderOf, fromInput, read, together } from "../src/upload/gather.js";
import { isAlias, rulesOf, twinsAmong, whyRefused } from "../src/upload/names.js";
import { Pace } from "../src/upload/pace.js";
import { countsOf, isRoot, isSent, Known, planOf, tidy } from "../src/upload/plan.js";
import { hiddenOnes, wrongOnes } from "../src/upload/refusals.js";
import { isSame } from "../src/upload/sameness.js";
import { atOnce, Turns } from "../src/upload/turns.js";

const MIB = 1024 ** 2;
const WHERE = { database: "cars", asset: "lamp" };
const ANY = rulesOf(WHERE, {});
const md5 = (bytes) => createHash("md5").update(bytes).digest();
const named = (path, size = 1) => ({ path, size, file: new Blob(["x".repeat(Math.min(size, 9))]) });

// what was chosen

const fileEntry = (name) => ({ name, isDirectory: false, file: (resolve) => resolve(new File(["x"], name)) });
const folderEntry = (name, ...inside) => ({
  name,
  isDirectory: true,
  createReader: () => {
    const some = [inside.slice(0, 2), inside.slice(2), []];
    return { readEntries: (resolve) => setTimeout(() => resolve(some.shift())) };
  },
});

test("a folder is read to its end, though it tells its files some at a time", async () => {
  const deep = folderEntry(
    "b",
    fileEntry("1"),
    fileEntry("2"),
    fileEntry("3"),
    folderEntry("c", fileEntry("4")),
  );
  const told = [];
  const found = await read([folderEntry("a", deep, fileEntry("0"))], (count) => told.push(count));
  assert.deepEqual(found.files.map((one) => one.path).sort(), ["a/0", "a/b/1", "a/b/2", "a/b/3", "a/b/c/4"]);
  assert.equal(told.at(-1), 5);
  assert.equal(folderOf(found), "a");
});

test("what systems leave behind is left out, and what can't be read is named", async () => {
  const broken = { ...fileEntry("broken"), file: (_, reject) => reject(new Error("gone")) };
  const found = await read([
    folderEntry(
      "a",
      fileEntry(".DS_Store"),
      fileEntry("Thumbs.db"),
      broken,
      folderEntry(".avs", fileEntry("x")),
    ),
    fileEntry(".gitignore"),
  ]);
  assert.deepEqual(
    found.files.map((one) => one.path),
    [".gitignore"],
  );
  assert.deepEqual(found.left.sort(), ["a/.DS_Store", "a/.avs", "a/Thumbs.db"]);
  assert.deepEqual(found.unreadable, ["a/broken"]);
});

test("what is chosen later comes to what was chosen before, and a file once", () => {
  const choose = (...paths) =>
    fromInput(paths.map((webkitRelativePath) => ({ webkitRelativePath, name: "-" })));
  const both = together(choose("a/1", "a/2"), choose("a/2", "a/.DS_Store"));
  assert.deepEqual(
    both.files.map((one) => one.path),
    ["a/1", "a/2"],
  );
  assert.deepEqual(both.left, ["a/.DS_Store"]);
  assert.equal(folderOf(choose("a/1", "b/1")), undefined);
  assert.equal(folderOf(choose("1")), undefined);
});

// what it is

test("a file is known again by the ETag of whole files and of parts, and a changed one is not", async () => {
  const bytes = randomBytes(11 * MIB + 5);
  const cut = (size) => {
    const parts = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(md5(bytes.subarray(at, at + size)));
    return `"${md5(Buffer.concat(parts)).toString("hex")}-${parts.length}"`;
  };
  const file = new Blob([bytes]);
  const even = Math.ceil(bytes.length / 2);
  const other = Uint8Array.of(bytes[0] ^ 1);
  for (const etag of [md5(bytes).toString("hex"), cut(bytes.length), cut(even), cut(8 * MIB)]) {
    assert.equal(await isSame(file, etag), true, etag);
    assert.equal(await isSame(new Blob([other, file.slice(1)]), etag), false, etag);
  }
  assert.equal(await isSame(file, '"no-md5"'), false);
});

test("what would be sent is told from what is there, refused or left out", () => {
  const file = (path, size = 1) => ({ path, file: { size, lastModified: 1 } });
  const found = {
    files: [file("in/new"), file("in/changed", 2), file("in/same"), file("in/../out"), file("in/unsure")],
    left: ["in/.DS_Store"],
    unreadable: ["in/gone"],
  };
  const stored = new Map(
    ["changed", "same", "unsure"].map((name) => [`to/${name}`, { size: 1, etag: name }]),
  );
  const known = new Known();
  known.set(found.files[2].file, "same", true);
  const rows = planOf(found, { into: "to", folder: "in", stored, rules: ANY, known });
  const kinds = Object.fromEntries(rows.map((one) => [one.path, one.kind]));
  assert.deepEqual(kinds, {
    "to/../out": "refused",
    "in/gone": "refused",
    "to/changed": "changed",
    "to/new": "new",
    "to/same": "same",
    "to/unsure": "unsure",
    "in/.DS_Store": "left",
  });
  assert.deepEqual(
    rows.filter(isSent).map((one) => one.path),
    ["to/changed", "to/new"],
  );
  assert.equal(countsOf(rows).refused, 2);
});

test("a folder's own name is left away where the asset is that folder", () => {
  const found = fromInput(["lamp/a", "lamp/b"].map((webkitRelativePath) => ({ webkitRelativePath })));
  const there = (...paths) => new Map(paths.map((path) => [path, {}]));
  assert.equal(isRoot(found, "lamp", there(), []), true);
  assert.equal(isRoot(found, "lamp", there("a"), []), true);
  assert.equal(isRoot(found, "lamp", there("other"), ["Lamp"]), true);
  assert.equal(isRoot(found, "lamp", there("other"), ["Car"]), false);
  assert.equal(isRoot(found, "lamp", there("a", "lamp/a"), ["Car"]), false);
  assert.equal(tidy(" /a/b/ "), "a/b");
});

test("names and files that the API would refuse are refused before anything is sent", () => {
  const glb = rulesOf(WHERE, { restrictFileUploadsToExtensions: ".glb, .OBJ", portableNames: true });
  const why = (path, rules, size = 1) => whyRefused(path, size, rules);
  assert.equal(why("a/b.obj", glb), undefined);
  assert.equal(why("a/b.obj.previewFile.png", glb), undefined);
  assert.equal(why("a/b.png", glb), "extension");
  assert.equal(why("a?/b.glb", glb), "portable");
  assert.equal(why("nul/b.glb", glb), "portable");
  assert.equal(why("b.previewFile.png", ANY, 6 * MIB), "largePreview");
  assert.equal(why("x", rulesOf(WHERE, { restrictFileUploadsToExtensions: ".all" })), undefined);
  assert.deepEqual([...twinsAmong(["A/x", "a/X", "b", "B/c"])], ["a/X", "b"]);
});

test("an alias is held to what the API takes", () => {
  for (const good of ["review", "release/1.0", "2025"]) assert.ok(isAlias(good), good);
  for (const bad of ["", "a?", "a\\b", " a", "Latest", "x".repeat(65)]) assert.ok(!isAlias(bad), bad);
});

// how it is sent

test("small files go in packs, large ones in parts, and so many of both in one upload", () => {
  const [first] = batchesOf([named("a", 0), named("b", 3 * MIB), named("c", 9), named("d", 40 * MIB)]);
  const told = first.map(({ path, parts, pack }) => [path, parts, pack]);
  assert.deepEqual(told, [
    ["a", 0, undefined],
    ["b", 1, undefined],
    ["c", 0, 1],
    ["d", 3, undefined],
  ]);
  assert.ok(partsFor(5 * 1024 ** 4) <= 1_000);
  const many = batchesOf(Array.from({ length: 1_000 }, (_, index) => named(`${index}`, MIB / 2)));
  assert.equal(many.flat().length, 1_000);
  for (const batch of many) {
    assert.ok(batch.length <= 250);
    assert.ok(batch.reduce((sum, one) => sum + one.size, 0) <= 48 * MIB);
    assert.ok(Math.max(...batch.map((one) => one.pack)) <= 64);
  }
});

test("the preview of a file goes behind all files, in an upload of its own", () => {
  const found = batchesOf([named("a.previewFile.png"), named("b"), named("a")]);
  assert.deepEqual(
    found.map((some) => some.map((one) => one.path)),
    [["a", "b"], ["a.previewFile.png"]],
  );
});

const TOLD = {
  uploadId: "1",
  files: [
    {
      relativeKey: "large",
      uploadIdS3: "s3",
      partSize: 16 * MIB,
      parts: [{ PartNumber: 1, ETag: '"one"' }],
      partUploadUrls: [{ PartNumber: 2, UploadUrl: "second" }],
    },
    { relativeKey: "a", uploadIdS3: "packed", partUploadUrls: [] },
    { relativeKey: "b", uploadIdS3: "packed", partUploadUrls: [] },
  ],
  packs: [{ pack: 1, size: 12, UploadUrl: "pack", ETag: null }],
};

function takenUp() {
  const batch = new Batch(batchesOf([named("large", 20 * MIB), named("a", 5), named("b", 7)])[0]);
  batch.take(TOLD);
  return batch;
}

test("an upload that is taken up sends what is missing, and names what has arrived", () => {
  const batch = takenUp();
  assert.equal(batch.arrivedBytes, 16 * MIB);
  const missing = batch.missing();
  assert.deepEqual(
    missing.map((one) => [batch.links.get(one.key).url, one.bytes]),
    [
      ["pack", 12],
      ["second", 4 * MIB],
    ],
  );
  for (const piece of missing) batch.arrive(piece, `"${piece.bytes}"`);
  assert.equal(batch.bytes, 20 * MIB + 12);
  const { files, packs } = batch.named(batch.whole());
  assert.deepEqual(packs, [{ pack: 1, ETag: '"12"' }]);
  assert.deepEqual(files.find((one) => one.relativeKey === "large").parts, [
    { PartNumber: 1, ETag: '"one"' },
    { PartNumber: 2, ETag: `"${4 * MIB}"` },
  ]);
});

test("a file that has changed leaves its place in a pack to nothing, and is not named", async () => {
  const batch = takenUp();
  batch.changed.add("a").add("large");
  assert.deepEqual(
    batch.missing().map((one) => one.key),
    ["pack 1"],
  );
  const bytes = new Uint8Array(await batch.bytesOf(batch.missing()[0]).arrayBuffer());
  assert.deepEqual([...bytes], [0, 0, 0, 0, 0, ...Buffer.from("xxxxxxx")]);
  assert.deepEqual(
    batch.named(batch.whole()).files.map((one) => one.relativeKey),
    ["b"],
  );
  assert.deepEqual(batch.lost().sort(), ["a", "large"]);
});

test("so many things go on at once, and one that fails makes room", async () => {
  const turns = new Turns(2);
  let [busy, most] = [0, 0];
  const work = async (item) => {
    busy += 1;
    most = Math.max(most, busy);
    await new Promise(setImmediate);
    busy -= 1;
    if (item === 1) throw new Error("one");
  };
  const all = await Promise.allSettled([0, 1, 2, 3].map((item) => turns.take(() => work(item))));
  assert.deepEqual([most, all.filter((one) => one.status === "fulfilled").length], [2, 3]);
  const seen = [];
  await atOnce(3, [1, 2, 3, 4], async (item) => seen.push(item));
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test("the pace is that of the last seconds, and says nothing too early", () => {
  const pace = new Pace();
  pace.see(0, 0);
  pace.see(100, 500);
  assert.equal(pace.rate, undefined);
  for (let second = 1; second <= 30; second++)
    pace.see(second < 20 ? 0 : (second - 20) * 1000, second * 1000);
  assert.equal(pace.rate, 1000);
  assert.equal(pace.secondsFor(2500), 3);
});

// what goes wrong

test("what the service says of single files is theirs alone", () => {
  const fileResults = [
    { relativeKey: "a", success: false, error: "too few bytes" },
    { relativeKey: "b", success: true },
  ];
  assert.deepEqual([...wrongOnes({ status: 400, body: { fileResults } })], [["a", "too few bytes"]]);
  assert.equal(wrongOnes({ status: 503, body: { fileResults } }).size, 0);
  const files = [named("a"), named("b")];
  const hidden = "something newer stands at 'b' (x stands there; yours is y). To make yours the newest …";
  assert.deepEqual([...hiddenOnes({ status: 409, message: hidden }, files)], ["b"]);
  assert.equal(hiddenOnes({ status: 409, message: "it is archived." }, files).size, 2);
});
