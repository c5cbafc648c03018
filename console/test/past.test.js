import assert from "node:assert/strict";
import { test } from "node:test";
import {
  born,
  byDay,
  fieldsOf,
  fits,
  kindOf,
  movesOf,
  peopleOf,
  sentenceOf,
  taskOf,
  versionOf,
} from "../src/past/events.js";
import { fromField, toField, zoneAt } from "../src/past/moment.js";
import { rowsOf } from "../src/past/pointers.js";

process.env.TZ = "Europe/Berlin";

const v = (number) => ({ Version: `${number}`, assetVersionId: `v-${number}` });
const event = (name, more = {}) => ({
  event: name,
  version: null,
  createdBy: "mara",
  personId: "p-1",
  changes: [],
  details: {},
  ...more,
});

test("a moment is typed in local time, in winter and in summer, and sent with the end of its second", () => {
  assert.equal(fromField("2026-01-27T18:05:09"), "2026-01-27T17:05:09.999Z");
  assert.equal(fromField("2026-07-27T18:05"), "2026-07-27T16:05:00.999Z");
  assert.equal(toField("2026-07-27T16:05:00.999Z"), "2026-07-27T18:05:00");
  assert.match(zoneAt("2026-07-27T16:05:00Z"), /^Europe\/Berlin \(GMT\+0?2/);
});

test("what is no moment, or still to come, is not asked for", () => {
  for (const text of ["", "soon", "2999-01-01T00:00"]) assert.equal(fromField(text), undefined);
  for (const text of ["", "soon", undefined]) assert.equal(toField(text), "");
});

test("what was live stands beside what is, with aliases that came or went", () => {
  const then = { currentVersion: v(2), publishedVersion: null, aliases: { red: v(1) } };
  const now = { currentVersion: v(4), publishedVersion: v(4), aliases: { blue: v(4), constructor: v(3) } };
  assert.deepEqual(
    rowsOf(then, now).map(({ what, name, was, is }) => [name ?? what, was, is]),
    [
      ["current", "2", "4"],
      ["published", undefined, "4"],
      ["blue", undefined, "4"],
      ["constructor", undefined, "3"],
      ["red", "1", undefined],
    ],
  );
});

test("each event is of a kind, and has a sentence; one that nobody knows has one, too", () => {
  assert.deepEqual(
    [
      "version.created",
      "alias.moved",
      "files.changed",
      "file.refused",
      "restore.started",
      "asset.updated",
    ].map((name) => kindOf(event(name))),
    ["versions", "versions", "files", "files", "files", "asset"],
  );
  assert.equal(sentenceOf(event("files.changed", { details: { change: "move" } })), "files.changed.move");
  assert.equal(sentenceOf(event("files.changed", { details: { change: "new" } })), "files.changed.other");
  assert.equal(sentenceOf(event("version.sold")), "other");
  assert.equal(taskOf(event("restore.started", { details: { task: "revert to 12 by mara" } })), "12");
});

test("of the facts that moved those are told that the sentence leaves open", () => {
  const state = (number, before, after) => ({ what: "state", version: v(number), before, after });
  const changes = [
    { what: "published", before: v(2), after: v(4) },
    { what: "alias", alias: "red", before: null, after: v(4) },
    state(4, "draft", "published"),
    state(2, "published", "archived"),
  ];
  const found = movesOf(event("version.published", { version: v(4), changes }));
  assert.deepEqual(
    found.map(({ what, name, of, before, after }) => [name ?? of ?? what, before, after]),
    [
      ["published", "2", "4"],
      ["red", null, "4"],
      ["2", "published", "archived"],
    ],
  );
});

test("what an update changed is told in words, as far as there are any", () => {
  const found = fieldsOf(event("asset.updated", { details: { fields: "given_to, sold" } }));
  assert.deepEqual(found, [
    ["given_to", true],
    ["sold", false],
  ]);
});

test("an event of the asset is about no version, whichever was current", () => {
  assert.equal(versionOf(event("asset.updated", { version: v(4) })), undefined);
  assert.equal(versionOf(event("version.deleted", { version: v(4) })), "4");
});

test("people are told apart by who they are, not by what they are called", () => {
  const events = [event("version.created"), event("version.created", { personId: "p-2" })];
  assert.equal(peopleOf(events).length, 2);
  assert.ok(!fits(events[1], "", "p-1"));
  assert.ok(fits(events[0], "versions", "p-1"));
});

test("events stand below their days, the birth of the asset at the end", () => {
  const asset = { dateCreated: "2026-01-01T08:00:00Z", createdBy: "mara" };
  const days = byDay(
    [{ dateCreated: "2026-01-02T09:00:00Z" }, { dateCreated: "2026-01-01T09:00:00Z" }, born(asset)],
    (text) => text.slice(0, 10),
  );
  assert.deepEqual(
    days.map(([day, events]) => [day, events.length]),
    [
      ["2026-01-02", 1],
      ["2026-01-01", 2],
    ],
  );
});
