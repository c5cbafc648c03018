import assert from "node:assert/strict";
import { test } from "node:test";
import { FileTree, foldersOf, openAtFirst, openNow } from "../src/files/tree.js";

const file = (relativeKey, size = 1) => ({ relativeKey, size, isFolder: false });
const names = (rows) => rows.map(({ node }) => node.name);

test("a folder counts what is in it, however deep", () => {
  const tree = new FileTree().add([file("a/b/c.txt", 5), file("a/d.txt", 2), file("e.txt", 1)]);
  const [{ node: a }] = tree.rows(new Set());
  assert.deepEqual([a.name, a.count, a.size, tree.root.count], ["a", 2, 7, 3]);
});

test("folders stand before files, and only what is open is seen", () => {
  const tree = new FileTree().add([file("a.txt"), file("b/c.txt"), file("b/d/e.txt")]);
  assert.deepEqual(names(tree.rows(new Set())), ["b", "a.txt"]);
  assert.deepEqual(names(tree.rows(new Set(["b", "b/d"]))), ["b", "d", "e.txt", "c.txt", "a.txt"]);
});

test("pages that come later go to their places, and none is taken twice", () => {
  const items = [file("a/1.txt")];
  const tree = new FileTree().add(items);
  items.push(file("a/2.txt"), file("b/3.txt"));
  tree.add(items).add(items);
  assert.deepEqual(names(tree.rows(new Set(["a"]))), ["a", "1.txt", "2.txt", "b"]);
  assert.equal(tree.files.length, 3);
});

test("a name that JavaScript knows otherwise is a name like any other", () => {
  const tree = new FileTree().add([file("__proto__/constructor/x"), file("toString")]);
  assert.deepEqual(names(tree.rows(new Set(["__proto__"]))), ["__proto__", "constructor", "toString"]);
});

test("an empty folder is there, too", () => {
  const tree = new FileTree().add([{ relativeKey: "empty/", size: 0, isFolder: true }]);
  assert.deepEqual(names(tree.rows(new Set())), ["empty"]);
  assert.equal(tree.files.length, 0);
});

test("a search wants all words, in any case, anywhere in the path", () => {
  const tree = new FileTree().add([file("Shots/a_Final.png"), file("shots/b.png"), file("final.txt")]);
  assert.deepEqual(names(tree.search("final SHOTS")), ["a_Final.png"]);
});

test("ways that have nothing beside them are open at first", () => {
  const tree = new FileTree().add([file("a/b/c/1.txt"), file("a/b/d/2.txt")]);
  assert.deepEqual([...openAtFirst(tree)], ["a", "a/b"]);
  assert.deepEqual(foldersOf("a/b/c/1.txt"), ["a", "a/b", "a/b/c"]);
});

test("to look at another file opens the way to it; a folder that somebody has closed stays so meanwhile", () => {
  const tree = new FileTree().add([file("a/1.txt"), file("b/c/2.txt"), file("3.txt")]);
  const said = (...how) => [...openNow(tree, ...how)].sort();
  assert.deepEqual(said(undefined, "a/1.txt"), ["a"]);
  assert.deepEqual(said(undefined, "b/c/2.txt"), ["b", "b/c"]);
  assert.deepEqual(said({ of: "a/1.txt", folders: new Set(["a"]) }, "b/c/2.txt"), ["a", "b", "b/c"]);
  assert.deepEqual(said({ of: "a/1.txt", folders: new Set() }, "a/1.txt"), []);
});
