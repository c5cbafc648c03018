"""What is told of pushes beside `aws s3 sync` is what was measured, also where that is ahead."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bench import pushes_page
from bench.pushes_page import AVS, BEGIN, END, PAGE, RESULTS, SYNC, claims
from bench.waiting import of_first, of_next, of_sync

COUNTS = {"requests": 5, "bytes_sent": 30_000, "bytes_received": 5_000, "waits": 0.5}
MEASURED: list[dict[str, Any]] = [
    {"operation": "first", "with": AVS, "seconds": 30.0, "cpu_seconds": 1.0, "waits": 5.0},
    {"operation": "first", "with": SYNC, "seconds": 20.0, "cpu_seconds": 9.0, "waits": 15.0},
    {"operation": "next", "with": AVS, "seconds": 0.5, "cpu_seconds": 0.25} | COUNTS,
    {"operation": "next", "with": SYNC, "seconds": 1.0, "cpu_seconds": 1.0}
    | COUNTS
    | {"bytes_received": 2_000_000, "waits": 0.4},
]


def test_the_page_tells_the_ratios_and_keeps_a_row_that_is_behind(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nbehind\n")
    pushes_page.write({"date": "2026-11-27", "machine": "2 cores", "records": MEASURED}, page)
    found = page.read_text()
    assert (found.startswith("before\n"), found.endswith(f"{END}\nbehind\n"), "old" in found) == (
        True,
        True,
        False,
    )
    assert "- the next one, 10 changed: 2 × seconds, 4 × CPU of the client" in found
    assert "0.8 × waits on AWS" in found


def test_the_page_is_what_was_measured_last(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(PAGE.read_text())
    pushes_page.write(json.loads(RESULTS.read_text()), page)
    assert page.read_text() == PAGE.read_text()


@pytest.mark.parametrize(
    ("row", "measure", "value"),
    [(0, "waits", 14.0), (0, "cpu_seconds", 8.0), (2, "cpu_seconds", 0.9), (2, "bytes_received", 100_000)],
)
def test_a_claim_fails_as_soon_as_the_numbers_do_not_show_it(row: int, measure: str, value: float) -> None:
    assert all(holds for _, holds in claims(MEASURED))
    worse = deepcopy(MEASURED)
    worse[row][measure] = value
    assert [holds for _, holds in claims(worse)].count(False) == 1


def test_the_waits_of_a_next_push_do_not_grow_with_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.waiting.FILES", 50)
    few = of_next(10)
    monkeypatch.setattr("bench.waiting.FILES", 200)
    assert of_next(10) == few < 0.6
    assert of_sync(5_000, 10) == 0.43


def test_a_first_push_waits_for_some_uploads_at_once() -> None:
    one, many = of_first(1_000), of_first(5_000)
    assert one < many < 5 * one < of_sync(0, 5_000)
