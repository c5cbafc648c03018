"""What `make` does with what it is told, tried with stand-ins for Python and CDK, and without a terminal."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.bytecode import ROOT

STAND_IN = """#!/usr/bin/env python3
import json, os, sys
call = {
    "program": os.path.basename(sys.argv[0]),
    "words": sys.argv[1:],
    "ci": os.environ.get("CI"),
    "password": os.environ.get("PASSWORD"),
    "terminal": sys.stdin.isatty(),
    "keeps_bytecode": "PYTHONDONTWRITEBYTECODE" not in os.environ,
}
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps(call) + "\\n")
sys.exit(os.environ.get("REFUSES") in sys.argv)
"""
OLD = tuple(
    word
    for made in (
        ".venv/.stamp",
        "node_modules/.stamp",
        ".local/ministack/.stamp",
        "console/node_modules/.stamp",
        "build/console/index.html",
    )
    for word in ("-o", made)
)


class Make:
    def __init__(self, folder: Path) -> None:
        self.calls = folder / "calls"
        self.folder = folder
        for name in ("python", "cdk", "pytest"):
            (folder / name).write_text(STAND_IN)
            (folder / name).chmod(0o755)

    def __call__(self, *words: str, **environment: str) -> list[dict[str, Any]]:
        """The calls that a target makes of its programs."""
        self.calls.unlink(missing_ok=True)
        programs = (f"BIN={self.folder}", f"CDK_BIN={self.folder / 'cdk'}")
        plain = {name: value for name, value in os.environ.items() if name not in ("CI", "PASSWORD", "STAGE")}
        done = subprocess.run(  # noqa: S603 (our own words)
            ["make", *OLD, *programs, *words],  # noqa: S607 (the one on the path)
            cwd=ROOT,
            env={**plain, "CALLS": str(self.calls), "USER": "login", "NAME": "machine", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (2 if "REFUSES" in environment else 0), done.stderr
        return [json.loads(line) for line in self.calls.read_text().splitlines()]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("bootstrap", ["bootstrap"]),
        (
            "deploy",
            [
                "deploy",
                "AssetVersions-prod",
                "--require-approval",
                "never",
                "--outputs-file",
                "build/outputs-prod.json",
            ],
        ),
        ("destroy", ["destroy", "AssetVersions-prod", "--force"]),
    ],
)
def test_cdk_is_asked_for_one_stage_and_asks_nothing_back(make: Make, target: str, words: list[str]) -> None:
    asked, cdk, *after = make(target, "STAGE=prod")
    assert asked["words"] == ["-m", "infra.ready", target, "prod"]
    assert cdk["words"] == ["--context", "stage=prod", *words]
    assert (cdk["program"], cdk["ci"], cdk["terminal"]) == ("cdk", "true", False)
    puts = [["-m", "infra.console_files", "prod"]]
    assert [one["words"] for one in after] == (puts if target == "deploy" else [])


def test_nothing_is_deployed_when_the_first_question_is_answered_no(make: Make) -> None:
    (asked,) = make("deploy", "STAGE=prod", REFUSES="infra.ready")
    assert asked["program"] == "python"


def test_the_stage_may_stand_before_make_too(make: Make) -> None:
    asked, *_ = make("deploy", STAGE="prod")
    assert asked["words"][-1] == "prod"
    assert make("deploy")[0]["words"][-1] == "dev"


def test_a_user_of_a_deployed_stage(make: Make) -> None:
    (asked,) = make("user", "STAGE=prod", "NAME=mara", "GROUP=editor", PASSWORD="it's & $HOME")
    assert asked["words"] == [
        "-m", "infra.people", "user", "--stage", "prod", "--name", "mara", "--group", "editor",
    ]  # fmt: skip
    assert asked["password"] == "it's & $HOME"


def test_a_user_who_gets_mail(make: Make) -> None:
    """What the login shell says of its own mail is somebody else's."""
    (asked,) = make("user", "NAME=mara", "GROUP=editor", "MAIL=mara@example.com")
    assert asked["words"][-2:] == ["--mail", "mara@example.com"]
    (asked,) = make("user", "NAME=mara", "GROUP=editor", MAIL="/var/mail/mara")
    assert "--mail" not in asked["words"]


def test_the_name_of_the_login_shell_is_nobody_s(make: Make) -> None:
    (asked,) = make("user", "STAGE=prod", "GROUP=editor")
    assert asked["words"][-4:] == ["--name", "", "--group", "editor"]


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ([], ["-m", "local.token", "admin"]),
        (["USER=editor"], ["-m", "local.token", "editor"]),
        (["NAME=mara"], ["-m", "infra.people", "token", "--stage", "dev", "--name", "mara"]),
        (["STAGE=prod", "NAME=mara"], ["-m", "infra.people", "token", "--stage", "prod", "--name", "mara"]),
    ],
)
def test_a_token_of_this_machine_or_of_a_deployed_stage(
    make: Make, words: list[str], called: list[str]
) -> None:
    (asked,) = make("token", *words)
    assert asked["words"] == called


def test_some_of_the_tests(make: Make) -> None:
    browser, asked = make("test", "TEST=tests/unit -k lease")
    assert asked["words"] == ["tests/unit", "-k", "lease"]
    assert browser["words"] == ["-m", "local.browser"]


def test_what_is_compiled_is_kept(make: Make) -> None:
    browser, asked = make("test", PYTHONDONTWRITEBYTECODE="1")
    assert browser["keeps_bytecode"]
    assert asked["keeps_bytecode"]


def test_where_the_checkout_has_moved_its_environment_is_made_anew(tmp_path: Path) -> None:
    here, moved = tmp_path / "here", tmp_path / "moved"
    (here / ".venv").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "client/pyproject.toml"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text((ROOT / name).read_text())
    (here / ".venv" / ".stamp").write_text(f"{here}\n")
    assert "Making .venv" not in _planned(here)
    here.rename(moved)
    assert "Making .venv" in _planned(moved)
    assert not (moved / ".venv").exists()


def _planned(folder: Path) -> str:
    """What `make` would run there."""
    words = ["make", "--dry-run", ".venv/.stamp"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S603
