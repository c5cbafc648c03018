"""The laws of paging: pages end to end are the whole list, whatever is created while they are turned."""

from typing import Any

import pytest
from assetversions.engine import paging
from hypothesis import given
from hypothesis import strategies as st

from tests.support import World
from tests.support.disguise_api import VERSIONS, Body, Drive

COUNT, SIZE = st.integers(0, 12), st.integers(1, 5)
GONE = st.sets(st.integers(1, 12))


def filled(count: int, gone: set[int] = frozenset()) -> Drive:  # type: ignore[assignment]
    """So many versions were made; of these, `gone` are deleted again."""
    drive = Drive(World())
    for _ in range(count):
        drive.world.create()
    for number in sorted(gone & set(range(1, count + 1))):
        drive.send("DELETE", drive.url(number))  # the last one left stays
    return drive


def numbers(page: Body) -> list[int]:
    return [version["version_number"] for version in page["data"]]


def left(drive: Drive) -> list[int]:
    """What a plain look into the store says."""
    return sorted(one.number for one in drive.world.versions() if one.state != "deleted")


def page_url(page: int, size: int) -> str:
    return f"{VERSIONS}?per_page={size}&page={page}"


@given(COUNT, GONE, SIZE)
def test_pages_end_to_end_are_the_unpaged_list(count: int, gone: set[int], size: int) -> None:
    drive, seen, url = filled(count, gone), [], page_url(1, size)
    while url:
        page = drive.ok("GET", url)
        seen += numbers(page)
        assert len(page["data"]) == size or page["links"]["next"] is None
        url = page["links"]["next"]
    assert seen == numbers(drive.ok("GET", page_url(1, 100))) == left(drive)


@given(COUNT, GONE, SIZE)
def test_links_and_numbers_agree_on_every_page(count: int, gone: set[int], size: int) -> None:
    drive = filled(count, gone)
    wanted = left(drive)
    last = max(1, -(-len(wanted) // size))
    for number in range(1, last + 3):
        page = drive.ok("GET", page_url(number, size))
        links, meta = page["links"], page["meta"]
        start = (number - 1) * size
        assert numbers(page) == wanted[start : start + size]
        assert (meta["current_page"], meta["last_page"], meta["per_page"]) == (number, last, size)
        assert (meta["total"], meta["path"]) == (len(wanted), VERSIONS)
        ends = (start + 1, start + len(page["data"])) if page["data"] else (None, None)
        assert (meta["from"], meta["to"]) == ends
        assert links["prev"] == (page_url(number - 1, size) if number > 1 else None)
        assert links["next"] == (page_url(number + 1, size) if number < last else None)
        assert (links["first"], links["last"]) == (page_url(1, size), page_url(last, size))
        assert drive.ok("GET", page_url(number, size)) == page


@given(COUNT, GONE, SIZE, st.data())
def test_what_is_created_while_pages_are_turned_shifts_nothing(
    count: int, gone: set[int], size: int, data: st.DataObject
) -> None:
    drive, seen, url = filled(count, gone), [], page_url(1, size)
    before = left(drive)
    while url:
        page = drive.ok("GET", url)
        seen += numbers(page)
        url = page["links"]["next"]
        for _ in range(data.draw(st.integers(0, 1))):
            drive.world.create()
    assert seen[: len(before)] == before
    assert len(seen) == len(set(seen))
    assert seen == left(drive)[: len(seen)]


@given(COUNT, SIZE, st.data())
def test_pages_can_be_turned_back(count: int, size: int, data: st.DataObject) -> None:
    drive = filled(count)
    url = drive.ok("GET", page_url(1, size))["links"]["last"]
    seen: list[Any] = []
    while url:
        page = drive.ok("GET", url)
        seen = numbers(page) + seen
        url = page["links"]["prev"]
        for _ in range(data.draw(st.integers(0, 1))):
            drive.world.create()
    assert seen[:count] == list(range(1, count + 1))
    assert len(seen) == len(set(seen))


def test_a_page_has_15_unless_told_and_links_say_so_only_then() -> None:
    drive = filled(16)
    page = drive.ok("GET", VERSIONS)
    assert (numbers(page), page["links"]["next"]) == (list(range(1, 16)), f"{VERSIONS}?page=2")
    assert numbers(drive.ok("GET", page["links"]["next"])) == [16]
    told = drive.ok("GET", f"{VERSIONS}?page=2&per_page=15")
    assert told["links"]["prev"] == f"{VERSIONS}?per_page=15&page=1"


@pytest.mark.parametrize(
    ("page", "count", "labels"),
    [
        (1, 13, [*range(1, 14)]),
        (7, 14, [*range(1, 11), "...", 13, 14]),
        (8, 14, [1, 2, "...", *range(5, 15)]),
        (8, 15, [1, 2, "...", *range(5, 12), "...", 14, 15]),
        (15, 30, [1, 2, "...", *range(12, 19), "...", 29, 30]),
        (30, 30, [1, 2, "...", *range(21, 31)]),
    ],
)
def test_the_pages_around_one_are_offered_by_their_numbers(page: int, count: int, labels: list[Any]) -> None:
    drive = filled(count)
    offered = drive.ok("GET", page_url(page, 1))["meta"]["links"]
    assert [one["label"] for one in offered] == ["Previous", *map(str, labels), "Next"]
    assert [one["label"] for one in offered if one["active"]] == [str(page)]
    for one in offered[1:-1]:
        assert one["url"] == (None if one["label"] == "..." else page_url(int(one["label"]), 1))
    links = drive.ok("GET", page_url(page, 1))["links"]
    assert (offered[0]["url"], offered[-1]["url"]) == (links["prev"], links["next"])


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_parameter_that_is_not_known_is_refused_by_its_name(method: str) -> None:
    drive = filled(2)
    urls = [drive.url(1)] + ([VERSIONS] if method == "GET" else [])
    for url in urls:
        reply = drive.send(method, f"{url}?sort=x", {"label": "x"} if method == "PATCH" else None)
        assert (reply.status, list(reply.body["error"]["details"])) == (422, ["sort"])
    assert (left(drive), drive.ok("GET", drive.url(1))["label"]) == ([1, 2], None)


def test_a_page_far_past_the_end_is_empty() -> None:
    drive = filled(3, {2})
    for page in (2, 2**31, 2**32 - 1):
        body = drive.ok("GET", f"{VERSIONS}?page={page}")
        assert (body["data"], body["meta"]["current_page"], body["meta"]["total"]) == ([], page, 2)


def test_what_is_wrong_with_a_page_is_said_by_field() -> None:
    drive = filled(1)
    for query, field in (("page=0", "page"), ("page=x", "page"), ("per_page=101", "per_page")):
        reply = drive.send("GET", f"{VERSIONS}?{query}")
        assert (reply.status, list(reply.body["error"]["details"])) == (422, [field])


def test_a_page_that_a_reply_can_not_hold_is_refused_rather_than_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next page would begin behind what it left out."""
    drive = filled(5)
    monkeypatch.setattr(paging, "PLACED_BYTES", 3_000)
    refused = drive.send("GET", f"{VERSIONS}?per_page=4")
    assert refused.status == 413
    assert "per_page" in refused.body["error"]["message"]
    assert numbers(drive.ok("GET", f"{VERSIONS}?per_page=2")) == [1, 2]
