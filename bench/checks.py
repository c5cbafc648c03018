"""What the numbers must show: the table of docs/costs.md, the ratio to the field's way, bytes and memory."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

from assetversions.storage.dynamodb.journal_items import FEW

from bench.plan import BASELINE, MILLION, OURS

LEAST_RATIO = 30
MOST_MEMORY_MB = 400
MOST_SHARE, FEW_CHANGES, MANY_FILES = 0.01, 10, 10_000
KEYS_A_CALL = 1_000
# The journal is asked once for so many.
ROWS_AT_ONCE = 16_000

Record = dict[str, Any]


class Check(NamedTuple):
    name: str
    holds: bool
    found: str


def checks(records: list[Record]) -> list[Check]:
    return [*_costs(records), *_ratios(records), *_shares(records), *_journal(records), *_memory(records)]


def allowed(record: Record) -> dict[str, int]:
    """The most calls of each kind that the operation may take."""
    return _ALLOWED[record["operation"]](record)


def _create_first(record: Record) -> dict[str, int]:
    lists = max(1, ceil(record["files"] / KEYS_A_CALL))
    return {
        "BatchGetItem": 1,
        "GetItem": 1,
        "ListObjectVersions": lists,
        "PutObject": record["chunks"] + 1,
        "TransactWriteItems": 1,
    } | _readings(record)


def _create_next(record: Record) -> dict[str, int]:
    """A delta is one root; else no more chunks change than files do. The base is read through."""
    chunks = 0 if record["delta"] else min(record["changed"], record["chunks"])
    return {
        "BatchGetItem": 1,
        "GetItem": 1,
        "HeadObject": record["changed"],
        "PutObject": chunks + 1,
        "TransactWriteItems": 1,
    } | _readings(record, known=True)


def _create_by_journal(record: Record) -> dict[str, int]:
    """Two sets, of ours and of S3's events: their paths are in them while they are few. Nothing is listed."""
    chunks = 0 if record["delta"] else min(record["changed"], record["chunks"])
    many = record["changed"] > FEW
    return {
        "BatchGetItem": 1,
        "Query": 2 + 2 * many,
        "HeadObject": record["changed"],
        "GetObject": 1 + record["chunks"],
        "PutObject": chunks + 1,
        "TransactWriteItems": 1,
        "BatchWriteItem": bool(record["changed"]) + many,
    }


def _readings(record: Record, known: bool = False) -> dict[str, int]:
    """What one listing shows is read once, beside the `known` base if there is one; the rest twice."""
    lists, whole = ceil(record["files"] / KEYS_A_CALL), 1 + record["chunks"]
    twice = lists > 1
    beside = (2 if known else 1) if twice else int(known)
    return {
        "Query": 1 + (1 + twice) * ceil(record["files"] / ROWS_AT_ONCE),
        "ListObjectsV2": beside * lists,
        "GetObject": beside * (whole + known * twice),
    }


def _list(_record: Record) -> dict[str, int]:
    return {"BatchGetItem": 1, "Query": 1}


def _get(record: Record) -> dict[str, int]:
    shown = min(record["files"], KEYS_A_CALL)
    object_versions = shown + ceil(record["changed"] * shown / record["files"])
    return {
        "BatchGetItem": 1,
        "GetItem": 1,
        "GetObject": 1 + record["delta"] + record["chunks"],
        "ListObjectVersions": ceil(object_versions / KEYS_A_CALL),
    }


def _compare(record: Record) -> dict[str, int]:
    opened = 0 if record["delta"] else min(record["changed"], record["chunks"])
    return {"BatchGetItem": 1, "GetItem": 2, "GetObject": 2 + 2 * opened}


def _revert(record: Record) -> dict[str, int]:
    """Create's, the copies, and: the version's row and root, lease, change set; base twice, target once."""
    parts = 2 + 2 * record["delta"] + 3 * record["chunks"]
    more = {"GetItem": 1, "GetObject": parts, "Query": 2, "TransactWriteItems": 2 + 1, "PutItem": 1}
    more["BatchWriteItem"] = 3 if record["changed"] > FEW else 1
    more["ListObjectsV2"] = ceil(record["files"] / KEYS_A_CALL)
    return _create_next(record) | more | {"CopyObject": record["changed"]}


_ALLOWED: dict[str, Callable[[Record], dict[str, int]]] = {
    "create_first": _create_first,
    "create_next": _create_next,
    "create_by_journal": _create_by_journal,
    "list": _list,
    "get": _get,
    "compare": _compare,
    "revert": _revert,
}


def _costs(records: list[Record]) -> Iterator[Check]:
    """A million files are a job's work, which the cost table is not about."""
    requests = [row for row in records if row["variant"] == OURS and row["files"] < MILLION]
    over = [f"{_name(row)} took {more}" for row in requests if (more := _over(row))]
    yield Check(f"{len(requests)} requests within the cost table", not over, "; ".join(over) or "all")


def _over(record: Record) -> dict[str, int]:
    most = allowed(record)
    return {name: count for name, count in record["calls"].items() if count > most.get(name, 0)}


def _ratios(records: list[Record]) -> Iterator[Check]:
    slow = {_key(row): row for row in records if row["variant"] == BASELINE and row["files"] == 1_000}
    for row in records:
        creates = row["operation"] in {"create_first", "create_next"}
        if row["variant"] == OURS and creates and _key(row) in slow:
            ratio = slow[_key(row)]["seconds"] / row["seconds"]
            name = f"{_name(row)}: at least {LEAST_RATIO} times as fast as the baseline"
            yield Check(name, ratio >= LEAST_RATIO, f"{ratio:.0f} times")


def _shares(records: list[Record]) -> Iterator[Check]:
    """What a version of few changes stores, beside the first of as many files."""
    ours = [row for row in records if row["variant"] == OURS and row["files"] >= MANY_FILES]
    first = {row["files"]: row["bytes_stored"] for row in ours if row["operation"] == "create_first"}
    for row in ours:
        if row["operation"] == "create_next" and row["changed"] == FEW_CHANGES:
            share = row["bytes_stored"] / first[row["files"]]
            name = f"{_name(row)}: less than {MOST_SHARE:.0%} of the first's bytes"
            yield Check(name, share < MOST_SHARE, f"{share:.3%}")


def _journal(records: list[Record]) -> Iterator[Check]:
    """What a version by the journal takes of the processor goes with what changed, hardly with all files."""
    found = [
        row for row in records if (row["operation"], row["changed"]) == ("create_by_journal", FEW_CHANGES)
    ]
    large = sorted((row["files"], row["cpu_seconds"]) for row in found if row["files"] >= MANY_FILES)
    for (files, cpu), (more, cost) in pairwise(large):
        name = (
            f"create_by_journal, {more:,} files: less than half of {more // files} times the CPU of {files:,}"
        )
        yield Check(name, cost / cpu < more / files / 2, f"{cost / cpu:.1f} times")


def _memory(records: list[Record]) -> Iterator[Check]:
    for row in records:
        if row["files"] == MILLION:
            peak = row["peak_memory_mb"]
            yield Check(f"{_name(row)}: within {MOST_MEMORY_MB} MB", peak <= MOST_MEMORY_MB, f"{peak} MB")


def _key(record: Record) -> tuple[str, int, int]:
    return record["operation"], record["files"], record["changed"]


def _name(record: Record) -> str:
    return f"{record['operation']}, {record['files']:,} files, {record['changed']:,} changed"
