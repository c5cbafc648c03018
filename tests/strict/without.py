"""The tests of this folder on the emulator as it comes, in a process of their own, beside the real run."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parent
LOOKS = "test_each_patch_counts.py"
# What the emulator keeps by itself, and what holds how the patches are put in place.
OTHERS = {"test_kept.py", "test_kept_elsewhere.py", "test_patching.py", LOOKS}


def looks(item: pytest.Item) -> bool:
    """Whether this is the test that looks at that run."""
    return item.path == FOLDER / LOOKS


def files(items: Sequence[pytest.Item]) -> list[Path]:
    """Those that were asked for beside the test that looks; all where it alone was."""
    asked = {item.path for item in items if item.path.parent == FOLDER}
    every = set(FOLDER.glob("test_*.py"))
    return sorted(path for path in asked - {FOLDER / LOOKS} or every if path.name not in OTHERS)


class Run:
    def __init__(self, report: Path, process: subprocess.Popen[bytes]) -> None:
        self._report, self._process = report, process

    def outcomes(self) -> dict[str, set[str]]:
        """Of each test, when all have ended: `failure` where an assertion of the test itself failed.

        What goes wrong behind that, when an emulator is slow to stop, is an outcome more.
        """
        self._process.wait()
        found: dict[str, set[str]] = defaultdict(set)
        for case in ElementTree.parse(self._report).iter("testcase"):  # noqa: S314
            found[f"{case.get('classname')}: {case.get('name')}"].add(_outcome(case))
        return found


def _outcome(case: ElementTree.Element) -> str:
    ended = [child for child in case if child.tag in {"failure", "error", "skipped"}]
    if not ended:
        return "passed"
    return ended[0].tag if ended[0].tag == "failure" else f"{ended[0].tag}: {ended[0].get('message')}"


@contextmanager
def running(report: Path, tested: Collection[Path]) -> Iterator[Run]:
    command = [sys.executable, "-m", "pytest", *map(str, tested), "-q", "-o", "addopts="]
    with report.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*command, f"--junitxml={report}"],
            env={**os.environ, "STRICT_OFF": "1"},
            cwd=FOLDER.parent.parent,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Run(report, process)
        finally:
            # So it stops its emulator, too.
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait()
