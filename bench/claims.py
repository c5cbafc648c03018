"""What the store claims of itself: its own limits, and that no peer is ahead of it without a reason."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from bench.plan import BASELINE, BESIDE, DVC, FEW_CHANGED, MILLION, OURS, QUILT

MOST_MEMORY_MB = 300
MOST_IMPORT = 1.3
# By operation, files and changed: seconds of CPU.
MOST_CPU = {
    ("create_next", 10_000, FEW_CHANGED): 0.6,
    ("create_by_journal", 10_000, FEW_CHANGED): 0.1,
    ("create_first", 100_000, 0): 6.0,
}
LEAST_RATIO = 30
MOST_SHARE, MANY_FILES = 0.01, 10_000
# What is held against the peers.
MEASURES = {"calls": "calls", "cpu_seconds": "CPU", "bytes_stored": "bytes stored", "seconds": "seconds"}

# Where a peer may be ahead, by whom, in what and at what.
WHY: dict[tuple[str, str, str], str] = {
    (BASELINE, "compare", "calls"): "It asks nobody who may see the asset, and reads two lists of rows.",
    (BASELINE, "compare", "seconds"): "The same: for few files its rows are read as soon as our manifests.",
    (DVC, "create_next", "calls"): (
        "It looks at the dates of the files on its disk and at what it pushed before; ours lists the bucket, "
        "and by the journal takes no more calls than that."
    ),
    (DVC, "revert", "bytes_stored"): "It writes to a disk; in the bucket nothing is as it was.",
    (QUILT, "revert", "bytes_stored"): "It writes to a disk; in the bucket nothing is as it was.",
}

Record = dict[str, Any]


class Check(NamedTuple):
    name: str
    holds: bool
    found: str


def claims(records: list[Record]) -> Iterator[Check]:
    yield from _cpu(records)
    yield from _one_by_one(records)
    yield from _beside(records)
    yield from _shares(records)
    yield from _journal(records)
    yield from _memory(records)
    yield from _jobs(records)
    yield _whole(records)
    yield from _imports(records)


def ahead(ours: Record, other: Record) -> list[str]:
    """The measures in which the other is."""
    return [measure for measure in MEASURES if value(other, measure) < value(ours, measure)]


def pairs(records: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Ours and each of the others, with the same files."""
    ours = {_key(row): row for row in _ours(records) if row["files"] in BESIDE}
    for row in records:
        if row["variant"] in {BASELINE, QUILT, DVC} and _key(row) in ours:
            yield ours[_key(row)], row


def value(record: Record, measure: str) -> float:
    return float(sum(record["calls"].values()) if measure == "calls" else record[measure])


def name(record: Record) -> str:
    return f"{record['operation']}, {record['files']:,} files, {record['changed']:,} changed"


def _cpu(records: list[Record]) -> Iterator[Check]:
    for row in _ours(records):
        if (most := MOST_CPU.get(_key(row))) is not None:
            found = row["cpu_seconds"]
            yield Check(f"{name(row)}: at most {most} s of CPU", found <= most, f"{found:.3f} s")


def _one_by_one(records: list[Record]) -> Iterator[Check]:
    for ours, other in pairs(records):
        if other["variant"] == BASELINE and other["operation"].startswith("create"):
            ratio = other["seconds_one_by_one"] / ours["seconds"]
            told = f"{name(ours)}: at least {LEAST_RATIO} times as fast as the usual way, one by one"
            yield Check(told, ratio >= LEAST_RATIO, f"{ratio:.0f} times")


def _beside(records: list[Record]) -> Iterator[Check]:
    for ours, other in pairs(records):
        behind = ahead(ours, other)
        unsaid = [one for one in behind if (other["variant"], other["operation"], one) not in WHY]
        found = "behind in " + ", ".join(MEASURES[one] for one in behind) if behind else "in all four"
        told = f"{name(ours)}: ahead of {other['variant']}, or it is said why not"
        yield Check(told, not unsaid, found)


def _shares(records: list[Record]) -> Iterator[Check]:
    """What a version of few changes stores, beside the first of as many files."""
    ours = [row for row in _ours(records) if row["files"] >= MANY_FILES]
    first = {row["files"]: row["bytes_stored"] for row in ours if row["operation"] == "create_first"}
    for row in ours:
        if row["operation"] == "create_next" and row["changed"] == FEW_CHANGED:
            share = row["bytes_stored"] / first[row["files"]]
            told = f"{name(row)}: less than {MOST_SHARE:.0%} of the first's bytes"
            yield Check(told, share < MOST_SHARE, f"{share:.3%}")


def _journal(records: list[Record]) -> Iterator[Check]:
    """What a version by the journal takes of the processor goes with what changed, hardly with all files."""
    found = [row for row in _ours(records) if row["operation"] == "create_by_journal"]
    large = sorted(
        (row["files"], row["cpu_seconds"])
        for row in found
        if row["files"] >= MANY_FILES and row["changed"] == FEW_CHANGED
    )
    for (files, cpu), (more, cost) in pairwise(large):
        told = (
            f"create_by_journal, {more:,} files: less than half of {more // files} times the CPU of {files:,}"
        )
        yield Check(told, cost / cpu < more / files / 2, f"{cost / cpu:.1f} times")


def _memory(records: list[Record]) -> Iterator[Check]:
    for row in _ours(records):
        if row["files"] == MILLION:
            peak = row["peak_memory_mb"]
            yield Check(f"{name(row)}: within {MOST_MEMORY_MB} MB", peak <= MOST_MEMORY_MB, f"{peak} MB")


def _jobs(records: list[Record]) -> Iterator[Check]:
    """Beyond it some are, which the cost table of requests is not about."""
    jobs = [name(row) for row in _ours(records) if row["job"] and row["files"] <= max(BESIDE)]
    yield Check(f"no job up to {max(BESIDE):,} files", not jobs, "; ".join(jobs) or "none")


def _whole(records: list[Record]) -> Check:
    ours = _ours(records)
    less = [name(row) for row in ours if row["held"] != row["files"]]
    most = max((row["files"] for row in ours), default=0)
    return Check(f"each version holds all its files, of {most:,}, too", not less, "; ".join(less) or "all")


def _imports(records: list[Record]) -> Iterator[Check]:
    for row in records:
        if row["operation"] == "import":
            ratio = row["cpu_seconds"] / row["floor_seconds"]
            told = f"import of {row['variant']}: at most {MOST_IMPORT} times boto3 with the same clients"
            yield Check(told, ratio <= MOST_IMPORT, f"{ratio:.2f} times")


def _ours(records: list[Record]) -> list[Record]:
    return [row for row in records if row["variant"] == OURS]


def _key(record: Record) -> tuple[str, int, int]:
    return record["operation"], record["files"], record["changed"]
