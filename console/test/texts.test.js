import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTexts } from "../check_texts.mjs";

const check = (source, ...keys) =>
  checkTexts([["page.jsx", source]], Object.fromEntries(keys.map((key) => [key, ""])));

test("a text that is missing, or that nobody asks for, is told", () => {
  assert.throws(() => check('t("a.b")'), /asks for the text a.b/);
  assert.throws(() => check('t("a.b")', "a.b", "a.c"), /nobody asks for: a.c/);
});

test("only a key that is nothing else gets a short one", () => {
  assert.deepEqual(check('t("a.b"); t(odd ? "a.c" : "a.d")', "a.b", "a.c", "a.d"), ["a.b", "a.c", "a.d"]);
  assert.deepEqual(check('t("a.b"); send({ event: "a.b" })', "a.b"), []);
  assert.deepEqual(check("t(`a.$" + '{state}`); t("a.b"); t("c.d")', "a.b", "c.d"), ["c.d"]);
});
