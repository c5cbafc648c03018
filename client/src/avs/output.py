"""What a command says: the same facts as JSON, as a table on a terminal, or as plain columns."""

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

from avs.problems import Exit

# Names and comments are other people's words: none of them may move the cursor or turn the text around.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\u2028\u2029\ud800-\udfff]"
)
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")


@dataclass(frozen=True)
class Table:
    """`numbers` are the columns that end on one line."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[str] = frozenset({"VERSION", "FILES", "SIZE"})


@dataclass(frozen=True)
class Answer:
    """`data` is what `--json` prints; people see `before`, the table and `after`."""

    data: Any
    table: Table | None = None
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    exit: Exit = field(default=Exit.OK)


def show(answer: Answer, *, as_json: bool, to: TextIO | None = None) -> None:
    out = to or sys.stdout
    if as_json:
        print(to_json(answer.data, indent=2), file=out)
        return
    for line in answer.before:
        print(clean(line), file=out)
    if answer.table is not None:
        _table(answer.table, out)
    for line in answer.after:
        print(clean(line), file=out)


def to_json(data: Any, indent: int | None = None) -> str:
    """The same for programs; what would move a cursor is spelled as JSON spells it, which changes no word."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def clean(text: object) -> str:
    """Text as it may be shown on a terminal: one line stays one line, and nothing in it is a command."""
    plain = str(text).replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), plain)


def size(count: int | None) -> str:
    """Bytes as people read them."""
    if count is None:
        return "–"
    value, unit = float(count), 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{count} B" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"


def when(text: str | None) -> str:
    """An instant of the API, in the time of this place."""
    if not text:
        return "–"
    try:
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):  # none that a clock of this machine can show
        return text


def counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _table(table: Table, out: TextIO) -> None:
    rows = [[clean(cell) for cell in row] for row in table.rows]
    if is_terminal(out):
        _rich(table, rows, out)
    else:
        _plain(table, rows, out)


def _plain(table: Table, rows: list[list[str]], out: TextIO) -> None:
    lines = [list(table.columns), *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    right = [name in table.numbers for name in table.columns]
    for line in lines:
        cells = [
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(line, widths, right, strict=True)
        ]
        print("  ".join(cells).rstrip(), file=out)


def _rich(table: Table, rows: list[list[str]], out: TextIO) -> None:
    from rich.console import Console  # slow to import
    from rich.table import Table as RichTable
    from rich.text import Text

    bold = "" if os.environ.get("NO_COLOR") else "bold"
    shown = RichTable(box=None, header_style=bold, pad_edge=False, padding=(0, 2, 0, 0))
    for name in table.columns:
        shown.add_column(name, justify="right" if name in table.numbers else "left", overflow="fold")
    for row in rows:
        shown.add_row(*map(Text, row))
    Console(file=out, highlight=False).print(shown)
