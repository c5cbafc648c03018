"""Clients of Autodesk as they come from their registries: its own in JavaScript, and `aps-toolkit`."""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from local.emulator import ROOT
from tests.system.client import TIMEOUT_SECONDS

SDK, TOOLKIT = (Path(__file__).parent / name for name in ("aps_sdk", "aps_toolkit"))


def install() -> Path:
    """Where they are; installed once for each change of their lock file."""
    home = ROOT / ".local" / "aps_sdk"
    lock, done = SDK / "package-lock.json", home / "node_modules" / ".installed"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as alone:  # two workers may want them at once
        fcntl.flock(alone, fcntl.LOCK_EX)
        for file in SDK.iterdir():
            if file.is_file():
                shutil.copy(file, home)
        if not done.exists() or done.read_text() != lock.read_text():
            npm = ["npm", "ci", "--include=dev", "--no-audit", "--no-fund"]
            subprocess.run(npm, cwd=home, check=True, timeout=300)  # noqa: S603 (our own words)
            done.write_text(lock.read_text())
    return home


def run(script: str, facts: dict[str, str]) -> Any:
    """What a script of ours prints that uses them."""
    return _printed(["node", str(install() / script)], facts)


def run_toolkit(script: str, facts: dict[str, str]) -> Any:
    """The same with `aps-toolkit`, which has an environment of its own."""
    place = ".local/aps_toolkit"
    subprocess.run(["make", f"{place}/.stamp"], cwd=ROOT, check=True, timeout=300)  # noqa: S603, S607 (ours)
    return _printed([str(ROOT / place / "bin" / "python"), str(TOOLKIT / script)], facts)


def _printed(command: list[str], facts: dict[str, str]) -> Any:
    environment = {"PATH": os.environ["PATH"]} | facts
    done = subprocess.run(  # noqa: S603 (our own words)
        command, env=environment, capture_output=True, text=True, timeout=3 * TIMEOUT_SECONDS
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
