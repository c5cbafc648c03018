"""The console's modules that need no browser keep their own tests, and spell ids as the API reads them."""

import json
import subprocess
from collections.abc import Callable

from assetversions.dialects.posta.ids import spell_version
from assetversions.dialects.vams.constraints import METHODS, OBJECT_TYPES, OPERATORS
from assetversions.dialects.vams.ids import spell
from assetversions.domain import names, portable
from assetversions.domain.errors import Invalid
from assetversions.domain.ids import version_id
from assetversions.domain.model import AssetRef
from assetversions.domain.outbox import KINDS

from local.emulator import ROOT

CONSOLE = ROOT / "console"
SPELL = """import { postaVersion } from "./src/pages/posta_id.js";
console.log(JSON.stringify(process.argv.slice(1).map(postaVersion)));"""
OFFERED = """import { KINDS } from "./src/admin/event_kinds.js";
import { FIELDS, METHODS, OPERATORS } from "./src/admin/rules.js";
console.log(JSON.stringify({ KINDS, FIELDS, METHODS, OPERATORS }));"""


REFUSE = """import { isAlias, rulesOf, whyRefused } from "./src/upload/names.js";
const [paths, aliases] = process.argv.slice(1).map(JSON.parse);
const where = { database: "cars", asset: "lamp" };
const [any, portable] = [{}, { portableNames: true }].map((one) => rulesOf(where, one));
console.log(JSON.stringify({
  paths: paths.map((path) => whyRefused(path, 1, any) === undefined),
  portable: paths.map((path) => whyRefused(path, 1, portable) === undefined),
  aliases: aliases.map(isAlias),
}));"""
PATHS = [
    *("a.txt", "a/b c/d.txt", "ä/日本.png", ".gitignore", "a//b", "/a", "\\a", "C:a", "x:/y", "ftp://a"),
    *(
        "a:b",
        "..",
        "a/../b",
        "a/./b",
        "a\\..\\b",
        "a\\b",
        "a/",
        "a\n",
        "a\x7f",
        "a\x85",
        "a?",
        "a./b",
        "a /b",
    ),
    *("con", "a/NUL.txt", "com¹.x", "console", "x" * 255, "x" * 256, "a/" + "é" * 128),
    *("x" * 1_014, "x" * 1_015, "é" * 507, "é" * 508, "a/" * 129 + "b", "a/" * 130 + "b"),
]
ALIASES = ["a", "release/1.0", "x" * 64, "x" * 65, "", "a?", "a\\b", " a", "a ", "current", "LATEST", "."]
ALIASES += ["a\tb", "a\u200bb", "a\u00a0b", "a\u2028b"]


def node(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 (our own words)
        ["node", *words],  # noqa: S607 (the one on the path)
        cwd=CONSOLE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_own_tests_pass() -> None:
    assert "# pass" in node("--test", "--test-reporter=tap", "test/")


def test_a_version_s_id_is_spelled_as_posta_reads_it() -> None:
    ids = [version_id(uid, number) for uid in (1, 2**89 + 12345, 2**90 - 1) for number in (1, 7, 2**32 - 1)]
    found = json.loads(node("--input-type=module", "--eval", SPELL, *map(spell, ids)))
    assert found == [spell_version(one) for one in ids]


def taken(check: Callable[..., object], *words: object) -> bool:
    try:
        check(*words)
    except Invalid:
        return False
    return True


def test_names_are_taken_before_an_upload_as_the_api_takes_them() -> None:
    told = node("--input-type=module", "--eval", REFUSE, json.dumps(PATHS), json.dumps(ALIASES))
    found = json.loads(told)
    lamp = AssetRef("cars", "lamp")
    # A leading slash is the API's other spelling of a path; a file that was chosen has none.
    usual = [taken(names.file_in, lamp, path, "path") and not path.startswith("/") for path in PATHS]
    assert dict(zip(PATHS, found["paths"], strict=True)) == dict(zip(PATHS, usual, strict=True))
    strict = [good and portable.problem(path) is None for good, path in zip(usual, PATHS, strict=True)]
    assert dict(zip(PATHS, found["portable"], strict=True)) == dict(zip(PATHS, strict, strict=True))
    assert found["aliases"] == [taken(names.alias, alias, "versionAlias") for alias in ALIASES]


def test_it_offers_the_events_and_the_parts_of_rules_that_the_api_takes() -> None:
    found = json.loads(node("--input-type=module", "--eval", OFFERED))
    kinds = {f"{group}.{one}" for group, ones in found["KINDS"].items() for one in ones}
    assert kinds == KINDS
    fields = {kind: frozenset(names) for kind, names in found["FIELDS"].items()}
    assert fields == {kind: OBJECT_TYPES[kind] for kind in ("api", "asset")}
    assert found["OPERATORS"] == list(OPERATORS)
    assert found["METHODS"] == list(METHODS)
