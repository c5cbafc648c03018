"""Functions have the memory that was measured for them (`docs/costs.md`)."""

import re
from pathlib import Path

import pytest

from bench.prices import GB_SECONDS
from infra.access import ACCESS, WHOLE_PROCESSOR

DOCS = Path(__file__).parents[2] / "docs/costs.md"
MEMORY = (512, 1_024, WHOLE_PROCESSOR, 3_008)
# Nobody waits for what the clock begins, and an archive is always a job's; the end of an upload may make a
# version.
LONG = {name for name, access in ACCESS.items() if "start jobs" in access.grants}
LONG = LONG - {"reconcile_assets", "zip_version"} | {"uploads"}


@pytest.mark.parametrize("name", sorted(LONG))
def test_what_estimates_how_long_it_takes_has_a_whole_processor(name: str):
    assert ACCESS[name].memory == WHOLE_PROCESSOR


def test_no_request_pays_for_more_than_one_processor():
    jobs = {"job_prepare", "job_finish", "make_automatic_version"}
    assert {name for name, access in ACCESS.items() if access.memory > WHOLE_PROCESSOR} == jobs


ROWS = re.findall(
    r"^\| ([^|]+) \| ([\d,]+), ([\d,]+) \|((?: [\d,]+ ms, [\d.]+ \|)+)$", DOCS.read_text(), re.M
)


@pytest.mark.parametrize(("_name", "computed", "waited", "told"), ROWS, ids=[row[0] for row in ROWS])
def test_the_table_follows_from_what_was_measured(_name: str, computed: str, waited: str, told: str):
    """Worked out anew: milliseconds, and dollars for a million."""
    cpu, wait = (int(text.replace(",", "")) for text in (computed, waited))
    cells = re.findall(r"([\d,]+) ms, ([\d.]+)", told)
    assert len(cells) == len(MEMORY)
    for memory, (shown, dollars) in zip(MEMORY, cells, strict=True):
        lasts = wait + cpu * max(1, WHOLE_PROCESSOR / memory)
        assert int(shown.replace(",", "")) == pytest.approx(lasts, abs=1)
        assert float(dollars) == pytest.approx(
            lasts / 1_000 * memory / 1_024 * GB_SECONDS, rel=0.01, abs=0.01
        )


def test_the_table_has_its_rows():
    assert len(ROWS) == 4
