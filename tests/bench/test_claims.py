"""Each claim of the benchmark fails as soon as the numbers no longer show it."""

from copy import deepcopy
from typing import Any

import pytest

from bench.checks import checks
from bench.plan import BASELINE, MILLION, OURS, QUILT

Record = dict[str, Any]


def row(operation: str, files: int, changed: int = 0, variant: str = OURS, **facts: Any) -> Record:
    usual = {"calls": {"Query": 1}, "cpu_seconds": 0.05, "seconds": 0.1, "seconds_one_by_one": 9.0}
    more = {"bytes_stored": 10, "peak_memory_mb": 30.0, "job": False, "chunks": 0, "delta": True}
    place = {
        "operation": operation,
        "files": files,
        "changed": changed,
        "versions": 1,
        "variant": variant,
        "held": files,
    }
    return place | usual | more | facts


MORE = {"calls": {"HeadObject": 20}, "bytes_stored": 20, "cpu_seconds": 9.0, "seconds": 9.0}
GOOD = [
    row("create_first", 10_000, bytes_stored=10_000),
    row("create_next", 10_000, 10),
    row("create_by_journal", 10_000, 10),
    row("create_by_journal", 100_000, 10, cpu_seconds=0.1),
    row("create_first", 100_000, bytes_stored=100_000),
    row("create_first", MILLION, bytes_stored=1_000_000),
    row(
        "create_next",
        10_000,
        10,
        BASELINE,
        calls={"HeadObject": 20},
        bytes_stored=20,
        cpu_seconds=9.0,
        seconds=9.0,
    ),
    row(
        "create_next",
        10_000,
        10,
        QUILT,
        calls={"HeadObject": 20},
        bytes_stored=20,
        cpu_seconds=9.0,
        seconds=9.0,
    ),
    {"operation": "import", "variant": "authorizer", "cpu_seconds": 1.2, "floor_seconds": 1.0},
]
# What is changed of one of them, and a word of the check that has to see it.
BROKEN = [
    (0, {"calls": {"Query": 99}}, "cost table"),
    (1, {"cpu_seconds": 0.61}, "0.6 s of CPU"),
    (2, {"cpu_seconds": 0.11}, "0.1 s of CPU"),
    (4, {"cpu_seconds": 6.1}, "6.0 s of CPU"),
    (3, {"cpu_seconds": 0.5}, "times the CPU"),
    (5, {"peak_memory_mb": 301.0}, "within 300 MB"),
    (1, {"bytes_stored": 100}, "of the first's bytes"),
    (1, {"job": True}, "no job up to 10,000"),
    (4, {"held": 99_999}, "holds all its files"),
    (6, {"seconds_one_by_one": 2.9}, "one by one"),
    (6, {"seconds": 0.09}, "ahead of baseline"),
    (7, {"calls": {}}, "ahead of quilt3"),
    (7, {"cpu_seconds": 0.01}, "ahead of quilt3"),
    (7, {"bytes_stored": 9}, "ahead of quilt3"),
    (7, {"seconds": 0.01}, "ahead of quilt3"),
    (8, {"cpu_seconds": 1.31}, "import of authorizer"),
]


def test_what_shows_the_claims_breaks_none() -> None:
    assert [check for check in checks(GOOD) if not check.holds] == []


@pytest.mark.parametrize(("place", "change", "word"), BROKEN)
def test_a_claim_that_no_longer_holds_is_told(place: int, change: Record, word: str) -> None:
    records = deepcopy(GOOD)
    records[place] |= change
    assert [word for check in checks(records) if not check.holds and word in check.name], checks(records)
