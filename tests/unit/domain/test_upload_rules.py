"""What keeps a file from being complete, and how many parts it may come in."""

import pytest
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.uploads import (
    MIN_PART_BYTES,
    USUAL_PART_BYTES,
    Part,
    StoredPart,
    UploadFile,
    check_amount,
    count_parts,
    problem,
)

FILE = UploadFile("a.bin", MIN_PART_BYTES + 1, 2, "s3-id")
STORED = [StoredPart(1, "one", MIN_PART_BYTES), StoredPart(2, "two", 1)]
SENT = [Part(1, "one"), Part(2, "two")]


def test_a_file_whose_parts_are_all_there_has_no_problem() -> None:
    assert problem(FILE, SENT, STORED) is None
    assert problem(FILE._replace(size=None), SENT, STORED) is None
    assert problem(UploadFile("empty", 0, 0, None), [], []) is None


@pytest.mark.parametrize(
    ("sent", "stored", "says"),
    [
        (SENT[::-1], STORED, "in order"),
        (SENT[:1], STORED, "1 to 2"),
        ([*SENT, Part(3, "three")], STORED, "1 to 2"),
        (SENT, STORED[:1], "1 of 2 parts"),
        ([SENT[0], Part(2, "other")], STORED, "ETag of part 2"),
        (SENT, [StoredPart(1, "one", 7), STORED[1]], "5 MiB"),
        (SENT, [STORED[0], StoredPart(2, "two", 9)], "were announced"),
    ],
)
def test_a_problem_is_said(sent: list[Part], stored: list[StoredPart], says: str) -> None:
    found = problem(FILE, sent, stored)
    assert found is not None and says in found


@pytest.mark.parametrize(
    ("size", "parts", "count"),
    [(0, None, 0), (0, 1, 0), (1, None, 1), (1, 0, 1), (None, 7, 7), (USUAL_PART_BYTES + 1, None, 2)],
)
def test_parts_are_counted(size: int | None, parts: int | None, count: int) -> None:
    assert count_parts(size, parts, "files.0") == count


@pytest.mark.parametrize(("size", "parts"), [(None, None), (None, 0), (MIN_PART_BYTES, 2), (6 * 1024**3, 1)])
def test_parts_that_s3_can_not_take_are_refused(size: int | None, parts: int | None) -> None:
    with pytest.raises(Invalid, match=r"files\.0"):
        count_parts(size, parts, "files.0")


def test_a_request_is_of_a_bounded_size() -> None:
    check_amount(1_000, 5_000)
    for files, parts in ((1_001, 0), (1, 5_001)):
        with pytest.raises(TooLarge, match="at most"):
            check_amount(files, parts)
