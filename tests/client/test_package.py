"""The package of the command line: one version, a quick start, nothing of the core."""

import subprocess
import sys
import tomllib
from pathlib import Path

import assetversions_client
import pytest
from assetversions_client import __version__
from avs.app import COMMANDS, build
from typer.main import get_command

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


@pytest.mark.parametrize("module", COMMANDS)
def test_a_start_takes_the_module_of_its_command_alone(module: str) -> None:
    assert set(get_command(build([module])).commands) == set(COMMANDS[module])  # type: ignore[attr-defined]
    program = "import sys; from avs.app import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, COMMANDS[module][0], "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "client/src")},
    )
    modules = done.stdout.splitlines()[-1].split()
    assert {one for one in modules if one.startswith("avs.commands.")} == {f"avs.commands.{module}"}


def test_who_looks_around_in_the_client_sees_what_it_offers() -> None:
    assert set(assetversions_client.__all__) <= set(dir(assetversions_client))
