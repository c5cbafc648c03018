"""What was measured of pushes as a table of docs/speed.md, and what is claimed of it."""

import json
import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs/speed.md"
RESULTS = Path(__file__).with_name("pushes.json")
BEGIN, END = "<!-- pushes: begin -->", "<!-- pushes: end -->"
AVS, SYNC = "avs push", "aws s3 sync"
HEAD = "5,000 files|with|seconds|CPU s of the client|requests|sent|received|waits on AWS, s"
# How many times as much aws s3 sync takes, at least.
LEAST = {
    ("first", "cpu_seconds"): 5,
    ("first", "waits"): 2,
    ("next", "seconds"): 1,
    ("next", "cpu_seconds"): 2,
    ("next", "bytes_received"): 50,
}
MEASURES = {
    "seconds": "seconds",
    "cpu_seconds": "CPU of the client",
    "requests": "requests",
    "bytes_received": "bytes received",
    "waits": "waits on AWS",
}

Record = dict[str, Any]


def keep(records: list[Record]) -> None:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    results = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine, "records": records}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    write(results)


def write(results: Record, page: Path = PAGE) -> None:
    head, _, rest = page.read_text().partition(BEGIN)
    told = [f"Measured on {results['date']}: {results['machine']}.", "", *lines(results["records"])]
    page.write_text("\n".join([f"{head}{BEGIN}", "", *told, "", END]) + rest.partition(END)[2])


def lines(records: list[Record]) -> Iterator[str]:
    names = HEAD.split("|")
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in records:
        yield f"| {' | '.join(_row(row))} |"
    yield ""
    yield f"How many times as much `{SYNC}` takes:"
    yield ""
    for operation in ("first", "next"):
        told = ", ".join(f"{value:.2g} × {MEASURES[name]}" for name, value in ratios(records, operation))
        yield f"- {_operation(operation)}: {told}."


def ratios(records: list[Record], operation: str) -> Iterator[tuple[str, float]]:
    ours, theirs = (_find(records, operation, who) for who in (AVS, SYNC))
    return ((name, theirs[name] / ours[name]) for name in MEASURES if name in ours)


def claims(records: list[Record]) -> Iterator[tuple[str, bool]]:
    """Each with whether it holds."""
    for (operation, name), least in LEAST.items():
        found = dict(ratios(records, operation))[name]
        told = f"{_operation(operation)}, {MEASURES[name]}: {SYNC} takes {least} times as much at least"
        yield f"{told}: {found:.2f} times", found >= least


def _find(records: Iterable[Record], operation: str, who: str) -> Record:
    return next(row for row in records if (row["operation"], row["with"]) == (operation, who))


def _operation(operation: str) -> str:
    return "the first push" if operation == "first" else "the next one, 10 changed"


def _row(row: Record) -> list[str]:
    counts = [
        f"{row[name]:,}" if name in row else "" for name in ("requests", "bytes_sent", "bytes_received")
    ]
    waits = f"{row['waits']:.2f}" if "waits" in row else ""
    what = _operation(row["operation"])
    return [what, f"`{row['with']}`", f"{row['seconds']:.2f}", f"{row['cpu_seconds']:.2f}", *counts, waits]
