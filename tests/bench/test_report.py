"""The page tells what was measured, what speaks for others, too."""

from pathlib import Path
from typing import Any

from bench.plan import BASELINE, DVC, OURS
from bench.report import BEGIN, END, write

USUAL = {"changed": 10, "versions": 1, "cpu_seconds": 0.1, "seconds": 0.2, "seconds_one_by_one": 0.4}
MORE = {"bytes_stored": 1_000, "read_units": 1, "write_units": 2, "peak_memory_mb": 3.0, "job": False}
MORE |= {"chunks": 0, "delta": True, "held": 1_000}


def row(variant: str, operation: str, **facts: Any) -> dict[str, Any]:
    calls = {"calls": {"Query": 5}}
    return {"variant": variant, "operation": operation, "files": 1_000} | USUAL | MORE | calls | facts


def page(tmp_path: Path, *records: dict[str, Any]) -> str:
    path = tmp_path / "page"
    path.write_text(f"before\n{BEGIN}\noutdated\n{END}\nbehind\n")
    write({"date": "2026-11-26", "machine": "2 cores", "records": list(records)}, path)
    return path.read_text()


def test_what_stands_around_the_tables_stays(tmp_path: Path) -> None:
    found = page(tmp_path)
    assert found.startswith(f"before\n{BEGIN}\n")
    assert found.endswith(f"{END}\nbehind\n")
    assert "outdated" not in found
    assert "2026-11-26: 2 cores" in found


def test_a_ratio_is_how_many_times_as_much_the_other_takes(tmp_path: Path) -> None:
    other = row(DVC, "create_next", calls={"PutObject": 100}, cpu_seconds=0.3, seconds=0.4, release="3.67.1")
    found = page(tmp_path, row(OURS, "create_next"), other)
    assert "| dvc 3.67.1: add + push of what changed | 20 × | 3 × | 1 × | 2 × |" in found


def test_a_row_in_which_another_one_is_ahead_stays_and_is_explained(tmp_path: Path) -> None:
    found = page(tmp_path, row(OURS, "compare"), row(BASELINE, "compare", calls={"Query": 2}))
    assert "| compare | 1,000 | the usual way | 0.4 × |" in found
    assert "- the usual way, compare, calls: It asks nobody" in found


def test_a_claim_that_does_not_hold_is_told(tmp_path: Path) -> None:
    good = row(OURS, "create_next", calls={"Query": 1})
    assert "All [claims](#claims) hold." in page(tmp_path, good)
    assert "- each version holds all its files" in page(tmp_path, good | {"held": 999})


def test_who_is_ahead_without_a_reason_is_told_all_the_same(tmp_path: Path) -> None:
    found = page(tmp_path, row(OURS, "create_next"), row(DVC, "create_next", seconds=0.1))
    assert "- dvc, create next, seconds: not explained" in found
