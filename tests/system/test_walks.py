"""The walks of README.md and of the guides, run as they are written: a page that lies is a failing test.

On those pages every ```bash block is run, all of a page in one shell, in order; a ```sh block is to read
only. A ```text block right behind a ```bash one holds lines that it has to print, in this order; `…` in
such a line stands for any text.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from local.system import System

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/guides/*.md"))]
SECONDS = 300

_BLOCK = re.compile(r"^```bash\n(.*?)^```\n(?:\s*^```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """What is run, and the lines that it prints."""

    line: int
    commands: str
    expected: list[str]


def blocks(page: str) -> Iterator[Block]:
    """The runnable blocks of a page."""
    for found in _BLOCK.finditer(page):
        yield Block(page.count("\n", 0, found.start()) + 1, found[1], (found[2] or "").splitlines())


def run(walk: list[Block], folder: Path, variables: dict[str, str]) -> list[str]:
    """What each block printed; the assertion names the line of the block that failed."""
    ends = [folder / f"block-{number}.out" for number in range(len(walk))]
    script = "\n".join(
        f"exec > {end} 2>&1\necho 'The block at line {block.line}:'\n{block.commands}"
        for block, end in zip(walk, ends, strict=True)
    )
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        # avs as it stands here, wherever the Python it runs in has it from.
        env={"PATH": path, "HOME": str(folder), "PYTHONPATH": str(ROOT / "client/src"), **variables},
        stdin=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
    printed = [end.read_text() for end in ends if end.exists()]
    assert done.returncode == 0, f"It ended with {done.returncode}. {printed[-1]}"
    return printed


def missing(expected: list[str], printed: str) -> str | None:
    """The first line that was not printed behind the one before it."""
    rest = iter(printed.splitlines())
    for line in filter(None, expected):
        pattern = ".*".join(map(re.escape, line.split("…")))
        if not any(re.fullmatch(pattern, found) for found in rest):
            return line
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_walk_does_what_the_page_says(system: System, tmp_path: Path, page: Path) -> None:
    walk = list(blocks(page.read_text()))
    assert walk, f"{page.name} has nothing to run"
    tokens = {f"{user.upper()}_TOKEN": system.token(user) for user in system.tokens}
    printed = run(walk, tmp_path, system.environment() | tokens)
    for block, found in zip(walk, printed, strict=True):
        line = missing(block.expected, found)
        assert line is None, f"{page.name}, line {block.line}: '{line}' was not printed. {found}"
