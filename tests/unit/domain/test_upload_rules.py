"""What keeps a file from being complete, and how many parts it may come in."""

import pytest
from assetversions.domain.errors import Incomplete, Invalid, TooLarge
from assetversions.domain.uploads import (
    MIN_PART_BYTES,
    USUAL_PART_BYTES,
    Part,
    StoredPart,
    UploadFile,
    check_amount,
    count_parts,
    missing_parts,
    part_bytes,
    part_length,
    problem,
)

MIB = 1024**2

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
        (SENT, STORED[:1], "1 of 2 parts have arrived; fresh links"),
        ([SENT[0], Part(2, "other")], STORED, "ETag of part 2"),
        (SENT, [StoredPart(1, "one", 7), STORED[1]], "part 1 has 7 bytes"),
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


@pytest.mark.parametrize(
    ("size", "parts", "says"),
    [
        (12 * MIB, 4, "send 3 parts or fewer, such as of 5,242,880 bytes each"),
        (11 * 1024**3, 2, "send 3 parts or more, such as of 3,937,053,355 bytes each"),
    ],
)
def test_a_refusal_says_which_parts_would_do(size: int, parts: int, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        count_parts(size, parts, "files.0")


def test_the_length_of_a_part_is_certain_where_the_cut_is_ours_or_there_is_but_one() -> None:
    left_to_us = UploadFile("a.bin", USUAL_PART_BYTES + 7, 2, "s3-id", usual=True)
    assert [part_length(left_to_us, number) for number in (1, 2)] == [USUAL_PART_BYTES, 7]
    assert part_length(left_to_us._replace(size=2 * USUAL_PART_BYTES), 2) == USUAL_PART_BYTES
    assert part_length(UploadFile("a.bin", 9, 1, "s3-id"), 1) == 9
    assert part_length(left_to_us._replace(usual=False), 1) is None, "they cut it as they like"
    assert part_length(UploadFile("a.bin", None, 1, "s3-id", usual=True), 1) is None


@pytest.mark.parametrize(
    ("size", "parts"),
    [
        (1, 1),
        (12 * MIB, 2),
        (12 * MIB, 3),
        (MIN_PART_BYTES + 1, 2),
        (200 * MIB, 2),
        (50_000 * MIB - 1, 10_000),
        (5 * 1024**4, 5_000),
    ],
)
def test_a_file_cut_as_it_is_told_is_a_file_that_s3_takes(size: int, parts: int) -> None:
    each = part_bytes(size, parts)
    assert each is not None
    last = size - (parts - 1) * each
    assert 0 < last <= each <= 5 * 1024**3
    assert parts == 1 or each >= MIN_PART_BYTES


def test_the_size_of_a_part_is_as_usual_or_as_those_that_have_arrived() -> None:
    assert part_bytes(200 * MIB, 2) == USUAL_PART_BYTES
    assert part_bytes(12 * MIB, 3) == 5 * MIB
    assert part_bytes(12 * MIB, 2) == 6 * MIB
    assert part_bytes(None, 2) is part_bytes(0, 0) is None
    assert part_bytes(20 * MIB, 3, [StoredPart(2, "two", 8 * MIB)]) == 8 * MIB
    assert part_bytes(None, 3, [StoredPart(1, "one", 8 * MIB)]) == 8 * MIB
    only_the_last = [StoredPart(3, "three", 4 * MIB)]
    assert part_bytes(20 * MIB, 3, only_the_last) == 8 * MIB
    assert part_bytes(20 * MIB + 1, 3, only_the_last) is None, "they were not cut alike"
    the_second_of_two = [StoredPart(2, "two", 4 * MIB)]
    assert part_bytes(20 * MIB, 2, the_second_of_two) == 16 * MIB
    assert part_bytes(4 * MIB, 1, [StoredPart(1, "one", 4 * MIB)]) == 4 * MIB, "one part is the file"
    assert part_bytes(USUAL_PART_BYTES - 1, 1) == USUAL_PART_BYTES - 1


@pytest.mark.parametrize(
    ("stored", "missing"),
    [
        ([], [1, 2]),
        (STORED[:1], [2]),
        (STORED[1:], [1]),
        (STORED, []),
        ([StoredPart(1, "one", 7), STORED[1]], [1]),
        ([STORED[0], StoredPart(2, "two", 9)], [1, 2]),
    ],
    ids=["all", "the last", "the first", "none", "one that is too small", "all, if they are not the file"],
)
def test_what_is_still_to_be_sent(stored: list[StoredPart], missing: list[int]) -> None:
    assert missing_parts(FILE, stored) == missing


def test_a_request_is_of_a_bounded_size() -> None:
    check_amount(1_000, 5_000)
    for files, parts in ((1_001, 0), (1, 5_001)):
        with pytest.raises(TooLarge, match="at most"):
            check_amount(files, parts)


def test_the_first_problem_is_told_and_how_many_more_there_are() -> None:
    one = Incomplete({"a.txt": "its parts are gone."})
    assert one.message == "files: 'a.txt': its parts are gone. Nothing was completed."
    three = Incomplete(dict.fromkeys(["a.txt", "b.txt", "c.txt"], "is odd."))
    assert "'a.txt': is odd. (2 more files have problems.) Nothing" in three.message
