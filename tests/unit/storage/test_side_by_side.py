"""What is listed side by side is what one listing shows, in its order, for hardly more calls."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import chain
from typing import Any

import pytest
from assetversions.storage.s3.side_by_side import A_FEW, AT_ONCE, CUTS, NEXT, PAGES_A_CUT, WAITING, SideBySide
from hypothesis import example, given
from hypothesis import strategies as st

PREFIX = "studio/db1/a1/"
# By key, newest first: an object version, or a delete marker.
Histories = dict[str, list[bool]]
KEYS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6),
    st.text("019az/é資\U0001f600", min_size=1, max_size=5),
    st.integers(0, 300).map("f{:03d}.exr".format),
)
HISTORIES = st.dictionaries(KEYS, st.lists(st.booleans(), min_size=1, max_size=9), max_size=60)


class Bucket:
    """Lists as S3 does, in the order of keys as UTF-8 has them, behind any marker."""

    def __init__(self, histories: Histories, page: int) -> None:
        keys = sorted((PREFIX + key for key in histories), key=str.encode)
        self.rows = [
            (key, {"Key": key, "VersionId": f"{key} {index}", "IsLatest": index == 0}, marker)
            for key in keys
            for index, marker in enumerate(histories[key.removeprefix(PREFIX)])
        ]
        self._keys = [key.encode() for key, _, _ in self.rows]
        self._page = page
        self.calls = 0

    def list_object_versions(
        self,
        **request: str,
    ) -> dict[str, Any]:
        assert (request["Bucket"], request["Prefix"]) == ("bucket", PREFIX)
        self.calls += 1
        start = bisect_right(self._keys, request.get("KeyMarker", "").encode())
        if version := request.get("VersionIdMarker"):
            start = next(at for at, (_, row, _) in enumerate(self.rows) if row["VersionId"] == version) + 1
        some = self.rows[start : start + self._page]
        page: dict[str, Any] = {"Order": ["DeleteMarker" if marker else "Version" for *_, marker in some]}
        for kind, wanted in (("Versions", False), ("DeleteMarkers", True)):
            if rows := [row for _, row, marker in some if marker is wanted]:
                page[kind] = rows
        if start + self._page >= len(self.rows):
            return page | {"IsTruncated": False}
        key, row, _ = some[-1]
        return page | {"IsTruncated": True, "NextKeyMarker": key, "NextVersionIdMarker": row["VersionId"]}

    def sequential(self) -> int:
        """How many calls one listing takes."""
        return max(1, -(-len(self.rows) // self._page))


class Rounds(Executor):
    """Counts how often one has to wait for answers that are all under way."""

    def __init__(self) -> None:
        self.count = self.most = 0

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise AssertionError

    def map(self, work: Callable[..., Any], *things: Iterable[Any], **_: Any) -> Iterator[Any]:
        done = [work(*some) for some in zip(*things, strict=True)]
        self.count, self.most = self.count + 1, max(self.most, len(done))
        return iter(done)


def listed(bucket: Bucket, rounds: Rounds) -> list[str]:
    """The object versions and delete markers, each as it stands in its page."""
    found = []
    for page in SideBySide(bucket, "bucket", rounds, PREFIX).pages():
        lists = {kind: iter(page.get(f"{kind}s", [])) for kind in ("Version", "DeleteMarker")}
        found += [next(lists[kind])["VersionId"] for kind in page["Order"]]
        assert not list(chain(*lists.values()))
    return found


def most(bucket: Bucket) -> int:
    pages = bucket.sequential()
    return pages if pages <= 2 else pages + CUTS + (pages + CUTS) // (PAGES_A_CUT - 1)


@given(HISTORIES, st.integers(1, 5))
@example({"a": [False] * 9, "b": [True] * 9, "é": [False]}, 2)
@example({"b/" * 3 + f"{number:03d}": [False, True] for number in range(100)}, 3)
def test_they_are_those_of_one_listing_in_its_order(histories: Histories, page: int):
    bucket = Bucket(histories, page)
    assert listed(bucket, Rounds()) == [row["VersionId"] for _, row, _ in bucket.rows]
    assert bucket.calls <= most(bucket)


def numbered(count: int) -> Histories:
    return {f"f{number:05d}.exr": [False] for number in range(count)}


def shots(count: int) -> Histories:
    names = (f"scenes/shot-{number // 1000:04d}/tile-{number % 1000:04d}.exr" for number in range(count))
    return {name: [False] for name in names}


def words(count: int) -> Histories:
    folders = ["audio", "geo/hero", "geo/props", "textures/oak", "textures/stone", "Zbrush"]
    names = (f"{folders[number % 6]}/{number // 6:05d}.bin" for number in range(count))
    return {name: [False] for name in names}


@pytest.mark.parametrize("layout", [numbered, shots, words])
def test_a_hundred_pages_take_half_of_the_rounds_at_most(layout: Callable[[int], Histories]):
    bucket, rounds = Bucket(layout(100_000), 1_000), Rounds()
    assert listed(bucket, rounds) == [row["VersionId"] for _, row, _ in bucket.rows]
    assert bucket.calls <= most(bucket) < 120
    assert rounds.count <= 40


def test_many_object_versions_a_file_are_no_hindrance():
    bucket, rounds = Bucket(dict.fromkeys(numbered(400), [False] * 301), 1_000), Rounds()
    assert listed(bucket, rounds) == [row["VersionId"] for _, row, _ in bucket.rows]
    assert bucket.calls <= most(bucket)
    assert rounds.count <= bucket.sequential() * 2 // 3


@pytest.mark.parametrize("files", [0, 1, 1_000, 1_001, 2_000])
def test_two_pages_at_most_cost_what_one_listing_costs(files: int):
    bucket = Bucket(numbered(files), 1_000)
    assert len(listed(bucket, Rounds())) == files
    assert bucket.calls == bucket.sequential()


def test_no_more_than_some_pages_wait_for_those_before_them():
    """A million files are never held at once."""
    bucket, rounds = Bucket(shots(300_000), 1_000), Rounds()
    for gone, _ in enumerate(SideBySide(bucket, "bucket", rounds, PREFIX).pages(), start=1):
        wasted = most(bucket) - bucket.sequential()
        assert bucket.calls - gone <= WAITING + AT_ONCE + NEXT * A_FEW + wasted
    assert 4 < rounds.most <= AT_ONCE
