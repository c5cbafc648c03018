"""The console's modules that need no browser keep their own tests, and spell ids as the API reads them."""

import json
import subprocess

from assetversions.dialects.posta.ids import spell_version
from assetversions.dialects.vams.ids import spell
from assetversions.domain.ids import version_id

from local.emulator import ROOT

CONSOLE = ROOT / "console"
SPELL = """import { postaVersion } from "./src/pages/posta_id.js";
console.log(JSON.stringify(process.argv.slice(1).map(postaVersion)));"""


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
