"""Laws of paging: pages end to end are the whole list, whatever happens between two of them."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import parse_qs, urlsplit

from assetversions.domain.commands.versions import ArchiveVersion, DeleteVersion
from assetversions.engine import paging
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, number

VERSIONS = "/data/v1/projects/db1/items/a1/versions"
MANY = st.integers(0, 9)
LIMIT = st.integers(1, 4)
# The fixture makes a new world for each example.
Make = Callable[[], Any]


def numbers(page: Any) -> list[int]:
    return [version["attributes"]["versionNumber"] for version in page["data"]]


def filled(new_api: Make, versions: int, deleted: Collection[int] = ()) -> Any:
    api = new_api()
    for _ in range(versions):
        api.world.create()
    for one in deleted:
        api.world.run(delete_version, DeleteVersion(REF, number(one)))
    return api


def walk(api: Any, url: str, between: Callable[[], Any] = lambda: None) -> list[Any]:
    """The pages from this one on, following `next`, which ends."""
    pages = [api.get(url)]
    while "next" in pages[-1]["links"]:
        between()
        pages.append(api.get(pages[-1]["links"]["next"]["href"]))
        assert len(pages) < 20
    return pages


def joined(pages: list[Any]) -> list[int]:
    return [one for page in pages for one in numbers(page)]


@given(MANY, LIMIT, st.sets(st.integers(1, 9)))
def test_pages_end_to_end_are_the_unpaged_list(new_api: Make, versions: int, limit: int, gone: set[int]):
    api = filled(new_api, versions, {one for one in gone if one <= versions})
    whole = numbers(api.get(VERSIONS))
    assert whole == [one for one in range(versions, 0, -1) if one not in gone]
    pages = walk(api, f"{VERSIONS}?page[limit]={limit}")
    assert joined(pages) == whole
    assert [len(page["data"]) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    counted = [api.get(f"{VERSIONS}?page[limit]={limit}&page[number]={one}") for one in range(len(pages))]
    assert [page["data"] for page in counted] == [page["data"] for page in pages]


@given(MANY, LIMIT, st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_what_is_created_meanwhile_shifts_nothing(
    new_api: Make, versions: int, limit: int, created: list[int]
):
    api = filled(new_api, versions)
    more = iter(created * 10)

    def between() -> None:
        for _ in range(next(more)):
            api.world.create()

    pages = walk(api, f"{VERSIONS}?page[limit]={limit}", between)
    assert joined(pages) == list(range(versions, 0, -1))


@given(st.integers(1, 9), LIMIT, st.lists(st.integers(1, 9), unique=True))
def test_what_is_deleted_meanwhile_hides_nothing_else(
    new_api: Make, versions: int, limit: int, gone: list[int]
):
    api = filled(new_api, versions)
    doomed = [one for one in gone if one <= versions]

    def between() -> None:
        if doomed:
            api.world.run(delete_version, DeleteVersion(REF, number(doomed.pop())))

    seen = joined(walk(api, f"{VERSIONS}?page[limit]={limit}", between))
    assert seen == sorted(set(seen), reverse=True)
    assert set(range(1, versions + 1)) - set(gone) <= set(seen)


@given(st.integers(1, 9), LIMIT, st.integers(0, 3))
def test_links_back_lead_the_same_way(new_api: Make, versions: int, limit: int, created: int):
    api = filled(new_api, versions)
    pages = walk(api, f"{VERSIONS}?page[limit]={limit}")
    for _ in range(created):
        api.world.create()
    back = [pages[-1]]
    while "prev" in back[-1]["links"]:
        back.append(api.get(back[-1]["links"]["prev"]["href"]))
        assert len(back) < 20
    assert [page["data"] for page in reversed(back)] == [page["data"] for page in pages]
    assert numbers(api.get(pages[-1]["links"]["first"]["href"]))[0] == versions + created


@given(MANY, LIMIT, st.integers(0, 12), st.booleans())
def test_links_lead_to_pages_that_are_there(
    new_api: Make, versions: int, limit: int, asked: int, filtered: bool
):
    api = filled(new_api, versions)
    wanted = "&filter[versionNumber]=1,2,3,4,5" if filtered else ""
    page = api.get(f"{VERSIONS}?page[limit]={limit}&page[number]={asked}{wanted}")
    total = min(versions, 5) if filtered else versions
    assert ("next" in page["links"]) == ((asked + 1) * limit < total)
    for name in {"prev", "next"} & set(page["links"]):
        assert api.get(page["links"][name]["href"])["data"]
    if asked * limit < total:
        assert ("prev" in page["links"]) == (asked > 0)


def test_a_page_beyond_the_end_is_empty_and_leads_to_the_last_one(new_api: Make):
    api = filled(new_api, 5)
    page = api.get(f"{VERSIONS}?page[number]=70&page[limit]=2")
    assert (page["data"], "next" in page["links"]) == ([], False)
    assert numbers(api.get(page["links"]["prev"]["href"])) == [1]
    assert "prev" not in filled(new_api, 0).get(f"{VERSIONS}?page[number]=1")["links"]


def test_links_keep_the_filters_and_what_else_was_asked(new_api: Make):
    api = filled(new_api, 5)
    page = api.get(f"{VERSIONS}?filter[versionNumber]=1&filter[versionNumber]=2&page[limit]=1")
    for link in page["links"].values():
        query = urlsplit(link["href"]).query
        assert not set("[+/,") & set(query)
        assert parse_qs(query)["filter[versionNumber]"] == ["1,2"]
        assert parse_qs(query)["page[limit]"] == ["1"]
    assert joined(walk(api, page["links"]["self"]["href"])) == [2, 1]


def test_archived_versions_are_listed(new_api: Make):
    api = filled(new_api, 3)
    api.world.run(archive_version, ArchiveVersion(REF, number(2)))
    assert numbers(api.get(VERSIONS)) == [3, 2, 1]


def test_a_page_that_does_not_fit_a_reply_is_refused_not_cut(new_api: Make, monkeypatch: Any):
    api = filled(new_api, 5)
    monkeypatch.setattr(paging, "PLACED_BYTES", 3_000)
    refused = api.ask("GET", VERSIONS)
    assert refused.status == 413
    assert "page[limit]" in refused.body["errors"][0]["detail"]
    assert numbers(api.get(f"{VERSIONS}?page[limit]=2")) == [5, 4]
