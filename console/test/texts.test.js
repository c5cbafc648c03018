import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTexts } from "../check_texts.mjs";

const said = (source) => () => checkTexts([["a.jsx", source]]);

test("a text that stands in a page itself fails the build", () => {
  for (const source of [
    "<p>Nothing here yet.</p>",
    "<p>\n  Save {name}\n</p>",
    "<p>{name} is here</p>",
    "<p>Noch <b>nichts</b></p>",
    '<input placeholder="Search files" />',
    '<img alt="A picture" />',
    '<button aria-label="Close it" />',
    '<button title="Close" />',
  ])
    assert.throws(said(source), /a\.jsx says/, source);
});

test("a text that is not there, and one that nobody asks for, fail the build", () => {
  assert.throws(said('t("no.such.text")'), /asks for the text no\.such\.text/);
  assert.throws(said("<p>{name}</p>"), /nobody asks for/);
});
