"""What the docs say that fits a request, the estimate says, too."""

import re
from pathlib import Path

import pytest
from assetversions.engine import budget
from assetversions.engine.budget import Estimate, OverBudget

ROOT = Path(__file__).parents[3]
SECOND = 1_000_000
# By how the row begins, what one of it takes.
UNITS = {
    "a listing of 1,000 object versions": budget.LISTING,
    "a listing of 1,000 files": budget.RANGE,
    "a file or object version": budget.REQUEST,
    "a copy": 2 * budget.REQUEST,
    "a file that a restore deletes": budget.DELETE,
    "a file to look for": budget.LISTING / budget.FILES_A_LISTING,
    "a row": budget.ROW,
}


def row(begins: str) -> list[str]:
    lines = (ROOT / "docs/costs.md").read_text().splitlines()
    (found,) = [line for line in lines if line.startswith(f"| {begins}") and re.search(r"\| 0\.\d+", line)]
    return [cell.strip() for cell in found.strip("|").split("|")]


@pytest.mark.parametrize("begins", UNITS)
def test_each_unit_is_as_the_docs_say(begins: str):
    _, seconds, fits = row(begins)
    assert float(seconds.split(",")[0]) * SECOND == pytest.approx(UNITS[begins])
    if most := re.search(r"[\d,]+", fits):
        a_listing = 1_000 if "listing" in begins else 1
        allowed = budget.REQUEST_SECONDS * SECOND / UNITS[begins] * a_listing
        assert 0.99 * allowed <= int(most[0].replace(",", "")) <= allowed


@pytest.mark.parametrize(("files", "fits"), [(100_000, True), (110_000, False)])
def test_a_first_version_of_a_hundred_thousand_files_fits_a_request(files: int, *, fits: bool):
    """Read twice, the second time beside what the first has shown."""
    estimate = Estimate()

    def spend() -> None:
        for _ in range(files // 1_000):
            estimate.listed()
            estimate.ranged()
        estimate.add(2 * files * budget.ROW)

    if fits:
        spend()
    else:
        with pytest.raises(OverBudget):
            spend()
