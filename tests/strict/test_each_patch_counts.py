"""No test here can pass by chance: on the emulator as it comes, every one of them fails."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

FOLDER = Path(__file__).parent
# What the emulator keeps by itself, and what holds how the patches are put in place.
OTHERS = ("test_kept.py", "test_kept_elsewhere.py", "test_patching.py", Path(__file__).name)


def test_every_rule_is_broken_without_its_patch(tmp_path: Path):
    report = tmp_path / "report.xml"
    others = [f"--ignore={FOLDER / name}" for name in OTHERS]
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(FOLDER),
        *others,
        "-q",
        "-o",
        "addopts=",
        f"--junitxml={report}",
    ]
    environment = {**os.environ, "STRICT_OFF": "1"}
    subprocess.run(command, env=environment, cwd=FOLDER.parent.parent, check=False, capture_output=True)  # noqa: S603
    outcomes = {case: outcome(case) for case in ElementTree.parse(report).iter("testcase")}  # noqa: S314
    assert outcomes, "no test was run"
    kind = [
        f"{case.get('classname')}: {case.get('name')}" for case in outcomes if outcomes[case] != "failure"
    ]
    assert kind == [], "these say nothing of local/strict"


def outcome(case: ElementTree.Element) -> str:
    """`failure` where an assertion of the test itself failed; anything else proves nothing."""
    return next((child.tag for child in case if child.tag in {"failure", "error", "skipped"}), "passed")
