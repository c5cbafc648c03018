"""Laws of walking two sorted lists side by side."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import copied_checksum, pair, same_bytes, tell_bytes
from hypothesis import given
from hypothesis import strategies as st


class File(NamedTuple):
    path: str
    side: str


PATHS = st.sets(st.text(max_size=3)).map(sorted)


def pairs(left: list[str], right: list[str]) -> list[tuple[File | None, File | None]]:
    return list(pair([File(path, "left") for path in left], [File(path, "right") for path in right]))


def paths(found: list[tuple[File | None, File | None]]) -> list[str]:
    return [one.path for a, b in found if (one := a or b)]


@given(PATHS, PATHS)
def test_every_path_comes_once_and_in_order(left: list[str], right: list[str]):
    assert paths(pairs(left, right)) == sorted({*left, *right})


@given(PATHS, PATHS)
def test_each_side_is_kept_whole(left: list[str], right: list[str]):
    found = pairs(left, right)
    assert [a.path for a, _ in found if a] == left
    assert [b.path for _, b in found if b] == right


@given(PATHS, PATHS)
def test_both_sides_of_a_pair_have_the_same_path_and_stay_on_their_side(left: list[str], right: list[str]):
    for a, b in pairs(left, right):
        assert a is None or a.side == "left"
        assert b is None or b.side == "right"
        assert a is None or b is None or a.path == b.path


@given(PATHS, PATHS)
def test_the_other_way_round_is_the_mirror_image(left: list[str], right: list[str]):
    mirrored = [(b and b.path, a and a.path) for a, b in pairs(right, left)]
    assert mirrored == [(a and a.path, b and b.path) for a, b in pairs(left, right)]


def test_no_list_is_read_ahead_of_the_pairs():
    read: list[str] = []

    def lazily(side: str) -> Iterator[File]:
        for path in ("a", "b", "c"):
            read.append(side + path)
            yield File(path, side)

    walk = pair(lazily("l"), lazily("r"))
    next(walk)
    assert read == ["la", "ra"]


PLAIN = "5d41402abc4b2a76b9719d911017c592"
IN_ONE_PART = f"{hashlib.md5(bytes.fromhex(PLAIN), usedforsecurity=False).hexdigest()}-1"


def file(etag: str, size: int = 5, checksum: str | None = None) -> Entry:
    return Entry("a.txt", "ov", size, etag, 1, checksum)


TWO, THREE = file("0123-2"), file("4567-3")
CRC, OTHER_CRC = "crc64nvme:AAAAAAAAAAA=", "crc64nvme:AAAAAAAAAAE="


def copied(source: Entry, etag: str) -> Entry:
    return source._replace(etag=etag, checksum=copied_checksum(source, etag))


def test_a_copy_has_the_bytes_of_a_file_that_came_in_parts():
    assert same_bytes(file(IN_ONE_PART), file(PLAIN))
    assert same_bytes(file(PLAIN), file(IN_ONE_PART))
    once = copied(TWO, PLAIN)
    assert same_bytes(TWO, once)
    assert same_bytes(once, copied(once, "9" * 32))
    assert same_bytes(TWO, copied(once, "9" * 32))
    known = TWO._replace(checksum=CRC)
    assert same_bytes(copied(known, PLAIN), THREE._replace(checksum=CRC))
    assert copied(file(PLAIN), PLAIN) == file(PLAIN), "an ETag that stays says it all"


def test_equal_checksums_of_the_whole_are_equal_bytes_however_they_were_cut():
    assert same_bytes(TWO._replace(checksum=CRC), THREE._replace(checksum=CRC))
    assert same_bytes(TWO._replace(checksum=CRC), file(PLAIN, checksum=CRC))


def test_other_bytes_are_never_taken_for_the_same():
    for one, other in (
        (file(IN_ONE_PART), file(PLAIN, size=6)),
        (file(IN_ONE_PART), file("9" * 32)),
        (file(PLAIN), file("9" * 32)),
        (TWO._replace(checksum=CRC), THREE._replace(checksum=OTHER_CRC)),
        (TWO._replace(checksum=CRC), THREE._replace(checksum=CRC, size=6)),
    ):
        assert tell_bytes(one, other) is tell_bytes(other, one) is False


def test_checksums_of_two_algorithms_tell_nothing_of_each_other():
    crc32 = TWO._replace(checksum="crc32:AAAAAA==")
    for other in (THREE._replace(checksum=CRC), file(PLAIN, checksum=CRC)):
        assert tell_bytes(crc32, other) is tell_bytes(other, crc32) is None
        assert not same_bytes(crc32, other)


def test_where_only_a_checksum_tells_s3_has_to_be_asked():
    for one, other in (
        (TWO, THREE),
        (TWO, file(PLAIN)),
        (TWO._replace(checksum=CRC), THREE),
        (TWO._replace(checksum=CRC), file(PLAIN)),
        (copied(TWO, PLAIN), THREE),
        (file("9" * 32, checksum=CRC), file(PLAIN)),
    ):
        assert tell_bytes(one, other) is tell_bytes(other, one) is None
        assert not same_bytes(one, other)
