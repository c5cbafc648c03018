"""The numbers as a table, and the verdicts below it."""

from typing import Any

from rich.console import Console
from rich.table import Table

from bench.checks import Check
from bench.plan import BASELINE, OURS

Record = dict[str, Any]

WIDTH = 170
SHORT = {
    "BatchGetItem": "BGET",
    "BatchWriteItem": "BWRITE",
    "CopyObject": "COPY",
    "DeleteObjects": "DELETE",
    "GetItem": "ITEM",
    "GetObject": "GET",
    "HeadObject": "HEAD",
    "ListObjectVersions": "LISTV",
    "ListObjectsV2": "LIST",
    "PutItem": "PUTITEM",
    "PutObject": "PUT",
    "Query": "QUERY",
    "TransactWriteItems": "TX",
    "UpdateItem": "UPDATE",
}
CAPTION = (
    "Each AWS call takes 15 ms, but none at a million files: seconds are computing alone there. "
    "CPU is without the fake AWS's own. MB is what the operation's peak adds to a process that holds the "
    "fake AWS already (a forked child's high-water mark). A million files are the work of a job. "
    "The baseline does one thing after the other, as its model does."
)


def show(records: list[Record], verdicts: list[Check]) -> None:
    console = Console(width=WIDTH)
    baseline = {_key(row): row for row in records if row["variant"] == BASELINE}
    console.print(_table([row for row in records if row["variant"] == OURS], baseline))
    for check in verdicts:
        mark = "[green]holds[/]" if check.holds else "[red]BROKEN[/]"
        console.print(f"{mark}  {check.name}: {check.found}")


def _table(rows: list[Record], baseline: dict[Any, Record]) -> Table:
    table = Table(title="AWS calls, bytes, time and memory", caption=CAPTION, caption_justify="left")
    table.add_column("operation")
    for name in ("files", "changed", "versions", "calls"):
        table.add_column(name, justify="right")
    table.add_column("which calls", max_width=44)
    for name in ("sent", "stored", "seconds", "CPU s", "MB", "calls (baseline)", "seconds", "ratio"):
        table.add_column(name, justify="right")
    for number, row in enumerate(rows):
        if number and row["files"] != rows[number - 1]["files"]:
            table.add_section()
        table.add_row(*_ours(row), *_beside(row, baseline.get(_key(row))))
    return table


def _ours(row: Record) -> list[str]:
    which = ", ".join(f"{count:,} {SHORT.get(name, name)}" for name, count in row["calls"].items())
    return [
        row["operation"].replace("_", ", "),
        *(f"{row[name]:,}" for name in ("files", "changed", "versions")),
        f"{_calls(row):,}",
        which,
        _bytes(row["bytes_sent"]),
        _bytes(row["bytes_stored"]),
        f"{row['seconds']:.2f}",
        f"{row['cpu_seconds']:.2f}",
        f"{row['peak_memory_mb']:.0f}",
    ]


def _beside(row: Record, other: Record | None) -> list[str]:
    if other is None:
        return ["", "", ""]
    return [f"{_calls(other):,}", f"{other['seconds']:.2f}", f"{other['seconds'] / row['seconds']:.1f}"]


def _calls(row: Record) -> int:
    return sum(row["calls"].values())


def _bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB"


def _key(row: Record) -> tuple[str, int, int, int]:
    return row["operation"], row["files"], row["changed"], row["versions"]
