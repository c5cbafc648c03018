"""The walks of README.md and of the guides, run as they are written: a page that lies is a failing test.

On those pages every ```bash block is run, all of a page in one shell, in order; a ```sh block is to read
only. The ```text block right behind a ```bash one is what it prints, all of it; without one it prints
nothing. Of what changes from run to run, the page has what came once, and any other of the same form will do
(FORMS); `…` stands for any text within a line, and alone on a line for any lines.
"""

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from local.system import System
from tests.system import aps_client

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted(ROOT.glob("docs/guides/*.md")))
    if "```bash" in page.read_text()
]
SECONDS = 300
ALWAYS = {
    "TZ": "UTC",
    # No walk signs in by the keyring of whoever runs the tests.
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    # avs as it stands here, wherever the Python it runs in has it from.
    "PYTHONPATH": str(ROOT / "client/src"),
}

# What changes from run to run, by its form.
FORMS = {
    "an instant": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?",
    "an address": r"http://127\.0\.0\.1:\d+",
    "a uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "a version's id": r"v-[a-z2-7]{26}",
    "a urn": r"(?<=:)(?:dm\.lineage:|fs\.file:vf\.)[\w-]{22}",
}
_FORM = re.compile("|".join(f"({form})" for form in FORMS.values()))
_BLOCK = re.compile(r"^```bash\n(.*?)^```\n(?:\s*^```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """What is run, and what it prints."""

    line: int
    commands: str
    expected: str


def blocks(page: str) -> Iterator[Block]:
    """The runnable blocks of a page."""
    for found in _BLOCK.finditer(page):
        yield Block(page.count("\n", 0, found.start()) + 1, found[1], found[2] or "")


def run(walk: list[Block], folder: Path, variables: dict[str, str]) -> list[str]:
    """What each block printed; the assertion names the line of the block that failed."""
    ends = [folder / f".block-{number}" for number in range(len(walk))]
    script = "\n".join(f"exec > {end} 2>&1\n{block.commands}" for block, end in zip(walk, ends, strict=True))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **ALWAYS, **variables},
        stdin=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
    printed = [end.read_text() for end in ends if end.exists()]
    failed = walk[len(printed) - 1]
    assert done.returncode == 0, f"Line {failed.line} ended with {done.returncode}: {printed[-1]}"
    return printed


def told(text: str) -> list[str]:
    """Its lines, with the name of its form in the place of each thing that changes."""
    names = ("", *FORMS)
    return _FORM.sub(lambda found: f"<{names[found.lastindex or 0]}>", text).splitlines()


def differs(expected: str, printed: str) -> str:
    """Nothing where the page shows what was printed."""
    wanted, found = told(expected), told(printed)
    lines = [
        r"(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in wanted
    ]
    if re.fullmatch("".join(lines), "".join(f"{line}\n" for line in found)):
        return ""
    return "\n".join(difflib.unified_diff(wanted, found, "the page", "the system", lineterm="", n=9))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_walk_does_what_the_page_says(system: System, tmp_path: Path, page: Path) -> None:
    walk = list(blocks(page.read_text()))
    if "@aps_sdk" in page.read_text():
        (tmp_path / "node_modules").symlink_to(aps_client.install() / "node_modules")
    tokens = {f"{user.upper()}_TOKEN": system.token(user) for user in system.tokens}
    printed = run(walk, tmp_path, system.environment() | tokens)
    for block, found in zip(walk, printed, strict=True):
        unlike = differs(block.expected, found)
        assert not unlike, f"{page.name}, line {block.line}:\n{unlike}"


def test_a_page_that_shows_something_else_is_found() -> None:
    page = "Made at 2026-11-27T03:20:04Z.\n1 file …\n…\nThe end\n"
    assert not differs(page, "Made at 2027-01-01T00:00:00Z.\n1 file (3 B)\nThe end\n")
    assert not differs(page, "Made at 2027-01-01T00:00:00Z.\n1 file of\na\nb\nThe end\n")
    assert "+Made at noon." in differs(page, "Made at noon.\n1 file of\nThe end\n")
    assert "+2 files of" in differs(page, "Made at 2027-01-01T00:00:00Z.\n2 files of\nThe end\n")
    assert "+More" in differs(page, "Made at 2027-01-01T00:00:00Z.\n1 file of\nThe end\nMore\n")
    assert "+more" in differs("", "more\n")
