"""Whoever has no browser is told the one command that brings it; CI brings it by itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from local.browser import MISSING
from local.emulator import ROOT
from tests.system import window

STAND_IN = '#!/bin/sh\necho "$(/usr/bin/basename "$0") $*" >> "$CALLS"\n'
CHECKS = ["make check", "make docs", "make test"]


@pytest.fixture
def ci(tmp_path: Path) -> Callable[..., list[str]]:
    """What `.ci/run` calls on a machine that has these programs, beside make."""

    def run(*programs: str, user: str = "0") -> list[str]:
        calls, found = tmp_path / "calls", tmp_path / "bin"
        found.mkdir()
        for name in ("make", *programs):
            (found / name).write_text(STAND_IN)
            (found / name).chmod(0o755)
        (found / "id").write_text(f"#!/bin/sh\necho {user}\n")
        (found / "id").chmod(0o755)
        (found / "dirname").symlink_to("/usr/bin/dirname")
        subprocess.run(  # noqa: S603 (our own script)
            ["/bin/bash", ROOT / ".ci" / "run"], env={"PATH": str(found), "CALLS": str(calls)}, check=True
        )
        return calls.read_text().splitlines()

    return run


def test_ci_installs_chromium_before_all_else(ci: Callable[..., list[str]]) -> None:
    assert ci("apt-get") == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends chromium",
        *CHECKS,
    ]


def test_ci_asks_for_root_where_it_is_not(ci: Callable[..., list[str]]) -> None:
    assert ci("apt-get", "sudo", user="1000")[1].startswith("sudo apt-get install ")


@pytest.mark.parametrize("there", [("chromium", "apt-get"), ("google-chrome", "apt-get"), ()])
def test_ci_installs_nothing_where_a_browser_is_or_no_apt(
    ci: Callable[..., list[str]], there: tuple[str, ...]
) -> None:
    assert ci(*there) == CHECKS


def test_setup_names_the_one_command_and_goes_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "local.browser"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (0, "", MISSING)
    assert "sudo apt install chromium" in MISSING


@pytest.mark.parametrize(("said", "outcome"), [(None, "Failed"), ("", "Failed"), ("1", "Skipped")])
def test_tests_without_a_browser_fail_with_that_sentence_unless_told_to_go_without(
    monkeypatch: pytest.MonkeyPatch, said: str | None, outcome: str
) -> None:
    monkeypatch.setattr(window, "find", lambda: None)
    monkeypatch.delenv("NO_BROWSER", raising=False)
    if said is not None:
        monkeypatch.setenv("NO_BROWSER", said)
    with pytest.raises((pytest.fail.Exception, pytest.skip.Exception)) as ended, window.browser():
        pass
    assert (type(ended.value).__name__, str(ended.value)) == (
        outcome,
        MISSING if outcome == "Failed" else "NO_BROWSER=1",
    )
