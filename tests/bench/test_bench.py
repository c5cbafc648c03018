"""The benchmark at a small size: the records' shape, the calls of the cost table, the page that tells."""

import json
from typing import Any

import pytest

from bench.checks import allowed
from bench.measure import measure
from bench.plan import BASELINE, OURS, Scenario
from bench.report import BEGIN, PAGE, measured
from bench.run import RESULTS

FILES, CHANGED = 100, (0, 10)
SHAPE = {
    "operation": str,
    "files": int,
    "changed": int,
    "versions": int,
    "variant": str,
    "calls": dict,
    "bytes_sent": int,
    "bytes_received": int,
    "bytes_stored": int,
    "read_units": int,
    "write_units": int,
    "cpu_seconds": float,
    "seconds": float,
    "seconds_one_by_one": float,
    "peak_memory_mb": float,
    "job": bool,
}


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    scenarios = [
        Scenario(OURS, FILES, CHANGED, first=True),
        Scenario(OURS, 10, versions=(1, 2)),
        Scenario(BASELINE, FILES, CHANGED[1:], first=True),
    ]
    return [record for scenario in scenarios for record in measure(scenario, isolate=False)]


def test_every_record_has_the_promised_shape(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert {name: type(record[name]) for name in SHAPE} == SHAPE
        assert all(count > 0 for count in record["calls"].values())


def test_ours_takes_no_more_calls_than_the_cost_table(records: list[dict[str, Any]]) -> None:
    ours = [record for record in records if record["variant"] == OURS]
    assert {record["operation"] for record in ours} == {
        "create_first",
        "create_next",
        "create_by_journal",
        "list",
        "get",
        "compare",
        "revert",
    }
    for record in ours:
        most = allowed(record)
        over = {name: count for name, count in record["calls"].items() if count > most.get(name, 0)}
        assert over == {}, record


def test_the_baseline_takes_two_heads_a_file(records: list[dict[str, Any]]) -> None:
    (create,) = _of(records, BASELINE, "create_next")
    assert create["calls"]["HeadObject"] == 2 * FILES
    assert create["calls"]["BatchWriteItem"] == FILES // 25


def test_calls_side_by_side_are_waited_for_together(records: list[dict[str, Any]]) -> None:
    (create,) = _of(records, BASELINE, "create_next")
    waited, alone = (create[name] - create["cpu_seconds"] for name in ("seconds", "seconds_one_by_one"))
    assert alone == pytest.approx(2 * FILES * 0.015 + 0.080 + 8 * 0.008, abs=0.001)
    assert waited < alone / 10


def test_what_is_measured_takes_time_and_bytes(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert 0 < record["cpu_seconds"] < record["seconds"]
        assert record["bytes_received"] > 0
        assert record["read_units"] > 0
        assert bool(record["write_units"]) is (record["operation"] not in {"list", "get", "compare"})


def test_the_page_shows_what_was_measured_last() -> None:
    results = json.loads(RESULTS.read_text())
    assert f"{BEGIN}\n{measured(results)}" in PAGE.read_text()


def _of(records: list[dict[str, Any]], variant: str, operation: str) -> list[dict[str, Any]]:
    return [row for row in records if (row["variant"], row["operation"]) == (variant, operation)]
