"""Texts and values that something has tripped over once, or might."""

import json
from random import Random
from typing import Any

WIDE = "😀"
TEXTS = (
    *(
        "",
        " ",
        "a",
        "0",
        "-1",
        "1.5",
        "007",
        "1e400",
        "9" * 40,
        "9" * 5000,
        "NaN",
        "true",
        "null",
        "[]",
        "{}",
    ),
    *("a" * 65, "a" * 256, "a" * 257, "a" * 1025, "a" * 5000, WIDE * 64, WIDE * 256, "ä" * 600),
    *("\x00", "a\x00b", "\n", "\r\nx: y", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffd", "\uffff"),
    *(
        "..",
        "../..",
        "a/../b",
        "/",
        "//",
        "a//b",
        "a/",
        "\\",
        "C:/a",
        "s3://b/k",
        "?",
        "a?b",
        "#",
        "a#b",
        "%",
    ),
    *(
        "%2F",
        "%00",
        "%25",
        "%ff",
        "&",
        "=",
        "'",
        '"',
        "<p>",
        ",",
        ",,,",
        "a,b",
        "٣",
        "１",
        "²",
        "~",
        "|",
        "*",
    ),
    *("latest", "current", "working", "global", "admin", "ASSET#", "V#1", "HEAD", "POLICY", "undefined"),
    *("2026-03-15T10:30:00 02:00", "2026-03-15T10:30:00+02:00", "2026-03-15", "2026-03-15T10:30:00"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1969-12-31T23:59:59Z", "99999999999999"),
    *("2026-02-30T00:00:00Z", "-62135596801", "1e18", "PT1S", "2026-03-15T24:00:00Z", "2026-03-15T10:30:60Z"),
    *(
        "00000000-0000-0000-0000-000000000000",
        "{00000000-0000-7000-8000-000000000000}",
        "urn:uuid:" + "0" * 32,
    ),
    *(
        "v-" + "a" * 26,
        "v-" + "7" * 26,
        "ast_" + "z" * 16,
        "ast_" + "0" * 16,
        "astv_" + "z" * 22,
        "4294967296",
    ),
    *("urn:adsk.wipprod:dm.lineage:" + "_" * 15, "urn:adsk.wipprod:fs.file:vf." + "A" * 22 + "?version=0"),
    *(
        "b.db1",
        '"1"',
        'W/"1"',
        '"1", "2"',
        "*",
        "respond-async",
        "bytes=0-1",
        "x" * 4000,
        "a.txt",
        "db1",
        "a1",
    ),
)
# As they stand in JSON; some are none.
RAW = (
    *(
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "1e-400",
        "9" * 400,
        "9" * 5000,
        "-0",
        "01",
        "1.",
        "'a'",
    ),
    *('"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900),
    *("[" * 63 + "]" * 63, "[" * 70 + "]" * 70, "[" * 100_000, '{"a":1,"a":2}', "tru", "", ",", "\\", "\t"),
    *('{"":1}', '{"\\u0000":1}', '{"__proto__":{}}', "[[],{}]", '{"metadataKey":null}'),
)
PLAIN: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 1.5, 10**9, 2**31, 2**63, 10**30, [], {}, [[]], [{}], {"a": {}}),
    *([None], [1], [""], ["a.txt"], ["a.txt", "a.txt"], [WIDE * 256], ["a"] * 1001, [{}] * 51, {"": ""}),
)
MARK = "⁂raw⁂"


class Spliced:
    """JSON with pieces in it that no value of Python has."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def piece(self, raw: str) -> str:
        """What stands for it until it is written."""
        self._pieces.append(raw)
        return f"{MARK}{len(self._pieces) - 1}"

    def text(self, value: Any) -> str:
        written = json.dumps(value)
        for index, raw in enumerate(self._pieces):
            written = written.replace(json.dumps(f"{MARK}{index}"), raw)
        return written


def text(random: Random, known: list[str]) -> str:
    """A hostile one, one that means something elsewhere, or one of these bent a little."""
    found = random.choice(TEXTS if random.random() < 0.6 else known)
    return bent(random, found) if random.random() < 0.3 else found


def value(random: Random, known: list[str], spliced: Spliced) -> Any:
    kind = random.random()
    if kind < 0.45:
        return text(random, known)
    return random.choice(PLAIN) if kind < 0.8 else spliced.piece(random.choice(RAW))


def bent(random: Random, found: str) -> str:
    """With a character more, less or another one, cut, doubled or turned around."""
    at = random.randrange(len(found) + 1)
    other = random.choice(("a", "Z", "0", "/", "?", "%", "\x00", WIDE, " ", "+", "=", "-", "\u0301"))
    return random.choice(
        (
            found[:at] + other + found[at:],
            found[:at] + other + found[at + 1 :],
            found[:at],
            found[at:],
            found + found,
            found[::-1],
            found.upper(),
            found * 50,
        )
    )[:8000]
