"""What the numbers must show: the table of docs/costs.md, and what the store claims of itself."""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

from assetversions.storage.dynamodb.journal_items import FEW
from assetversions.storage.s3.side_by_side import CUTS, PAGES_A_CUT

from bench.claims import Check, claims, name
from bench.plan import OURS

KEYS_A_CALL = 1_000
# The journal is asked once for so many.
ROWS_AT_ONCE = 16_000

Record = dict[str, Any]


def checks(records: list[Record]) -> list[Check]:
    return [*_costs(records), *claims(records)]


def allowed(record: Record) -> dict[str, int]:
    """The most calls of each kind that the operation may take."""
    return _ALLOWED[record["operation"]](record)


def _create_first(record: Record) -> dict[str, int]:
    lists = max(1, ceil(record["files"] / KEYS_A_CALL))
    # One more for so many pages, of those that the cuts cost, too.
    cuts = 0 if lists <= CUTS else (CUTS * PAGES_A_CUT + lists) // (PAGES_A_CUT - 1)
    return {
        "BatchGetItem": 1,
        "GetItem": 1,
        "ListObjectVersions": lists + cuts,
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
    """Of requests: the table is not about what becomes a job."""
    requests = [row for row in records if row["variant"] == OURS and not row["job"]]
    over = [f"{name(row)} took {more}" for row in requests if (more := _over(row))]
    yield Check(f"{len(requests)} requests within the cost table", not over, "; ".join(over) or "all")


def _over(record: Record) -> dict[str, int]:
    most = allowed(record)
    return {call: count for call, count in record["calls"].items() if count > most.get(call, 0)}
