"""docs/command_line.md has what `avs --help` says of every command, word by word."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from avs.app import build
from avs.examples import EXAMPLES
from avs.problems import Exit
from typer.main import get_command
from typer.testing import CliRunner

APP = build()

PAGE = Path(__file__).parents[2] / "docs/command_line.md"
BEGIN, END = "<!-- what avs --help says; make golden writes it -->\n", "<!-- the end of it -->\n"
WIDTH = 100


def commands() -> Iterator[tuple[str, ...]]:
    """Each by its words; those of a group behind it."""
    for name, command in get_command(APP).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield (name,)
        else:
            yield from ((name, one) for one in inner)


def help_of(*words: str) -> str:
    done = CliRunner().invoke(APP, [*words, "--help"], terminal_width=WIDTH, prog_name="avs")
    assert done.exit_code == 0
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def reference() -> str:
    parts = [f"### avs {' '.join(words)}\n\n```text\n{help_of(*words)}\n```\n" for words in commands()]
    return "\n" + "\n".join(parts) + "\n"


def test_the_page_has_the_help_of_every_command() -> None:
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = before + BEGIN + reference() + END + after
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted, "GOLDEN=write writes it anew"


@pytest.mark.parametrize("words", [(), *commands()], ids=" ".join)
def test_every_help_ends_with_examples_that_avs_takes(words: tuple[str, ...]) -> None:
    examples = help_of(*words).partition("\n  Examples:\n")[2].splitlines()
    assert examples == [f"    {one}" for one in EXAMPLES[" ".join(words)]]
    assert examples
    for line in examples:
        called = shlex.split(re.sub(r" > .*|.* \| ", "", line.strip()))
        assert called[0] == "avs"
        command, rest = get_command(APP), called[1:]
        while hasattr(command, "commands"):
            command, *rest = command.commands[rest[0]], *rest[1:]
        command.make_context("avs", [*rest])  # a wrong one raises
        assert not words or called[1 : 1 + len(words)] == [*words]


@pytest.mark.parametrize("words", [(), ("webhooks",)], ids=" ".join)
def test_what_a_command_does_is_told_in_a_line_and_not_cut(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(APP, [*words, "--help"], terminal_width=80, prog_name="avs")
    assert "..." not in done.stdout.partition("Commands:")[2]


def test_every_word_of_a_command_is_explained() -> None:
    bare = [
        (words, line)
        for words in commands()
        for line in help_of(*words).partition("  Examples:")[0].splitlines()
        if re.fullmatch(r"  (--?[a-z-]+|[A-Z]\S*)( [A-Z]+| <[a-z\[\]]+>)?(  \[required\])?", line)
    ]
    assert bare == []


def test_the_page_has_every_exit_code() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert [(int(code), kind) for code, kind in rows] == [(one.value, one.name.lower()) for one in Exit]


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_takes_json_and_a_profile_and_has_its_json_on_the_page(words: tuple[str, ...]) -> None:
    text = help_of(*words)
    assert "--json" in text
    assert "--profile" in text
    assert f"| `{' '.join(words)}` |" in PAGE.read_text()
