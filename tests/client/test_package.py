"""The package of the command line: one version, a quick start, nothing of the core."""

import subprocess
import sys
import tomllib
from pathlib import Path

from assetversions_client import __version__

ROOT = Path(__file__).parents[2]
# What takes longer to import than `avs --version` may take.
SLOW = {"httpx", "keyring", "msgspec", "pydantic", "rich"}


def test_the_package_and_the_client_have_one_version() -> None:
    told = tomllib.loads((ROOT / "client/pyproject.toml").read_text())
    assert told["project"]["version"] == __version__


def test_the_command_line_starts_without_what_is_slow() -> None:
    program = (
        "import sys; sys.argv = ['avs', '--version']\n"
        "from avs.app import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "client/src")},
    )
    version, modules = done.stdout.splitlines()
    assert version == f"avs {__version__}"
    assert SLOW & set(modules.split()) == set()


def test_a_command_that_shows_no_table_starts_without_rich() -> None:
    """httpx would import it for a command line of its own."""
    program = "import sys, avs.app, assetversions_client.client; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "client/src")},
    )
    modules = set(done.stdout.split())
    assert "httpx" in modules
    assert "rich" not in modules
