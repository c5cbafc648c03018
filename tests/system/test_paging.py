"""Listings come in full pages, in order, and to the last item."""

from typing import Any

import httpx
import pytest

from local.system import System
from tests.system.client import Asset, asset_body, new_asset


@pytest.fixture(scope="module")
def twelve(system: System) -> Asset:
    """Twelve versions, of which 11, 9, 8, 7 and 2 are archived."""
    asset = new_asset(system, {f"{name}.txt": name.encode() for name in "abcdefg"})
    for _ in range(12):
        assert asset.create().status_code == 200
    for number in (2, 7, 8, 9, 11):
        assert asset.archive(number).status_code == 200
    return asset


def _pages(asset: Asset, **query: object) -> list[list[int]]:
    pages = asset.pages("getVersions", **query)
    return [[int(version["Version"]) for version in page["versions"]] for page in pages]


def test_twelve_versions_come_five_at_a_time_newest_first(twelve: Asset) -> None:
    pages = _pages(twelve, pageSize=5, showArchived="true")
    assert pages == [[12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1]]


def test_with_archived_ones_hidden_every_page_but_the_last_is_full(twelve: Asset) -> None:
    assert _pages(twelve, pageSize=5) == [[12, 10, 6, 5, 4], [3, 1]]
    assert _pages(twelve, pageSize=3) == [[12, 10, 6], [5, 4, 3], [1]]


def test_a_page_that_ends_with_the_list_is_the_last(twelve: Asset) -> None:
    assert _pages(twelve, pageSize=7) == [[12, 10, 6, 5, 4, 3, 1]]


def test_without_a_page_size_all_fit_one_page(twelve: Asset) -> None:
    assert _pages(twelve) == [[12, 10, 6, 5, 4, 3, 1]]


def test_a_version_made_between_two_pages_shifts_nothing(system: System) -> None:
    asset = new_asset(system)
    for _ in range(3):
        asset.create()
    pages = asset.pages("getVersions", pageSize=2)
    first = [version["Version"] for version in next(pages)["versions"]]
    asset.create()
    rest = [version["Version"] for page in pages for version in page["versions"]]
    assert (first, rest) == (["3", "2"], ["1"])


@pytest.mark.parametrize(
    ("size", "pages"), [(3, ["abc", "def", "g"]), (7, ["abcdefg"]), (1, list("abcdefg"))]
)
def test_the_files_of_a_version_come_in_pages(twelve: Asset, size: int, pages: list[str]) -> None:
    listed = [
        "".join(file["relativeKey"].removesuffix(".txt") for file in page["files"])
        for page in twelve.pages("getVersion/{}", 1, pageSize=size)
    ]
    assert listed == pages


def test_assets_and_databases_come_in_pages(twelve: Asset) -> None:
    for name in ("b", "c"):
        twelve.api.ok("POST", "/assets", json=asset_body(twelve.database_id, name))
    place = Asset(twelve.system, twelve.api, twelve.database_id, "x")
    path = f"/database/{twelve.database_id}/assets"
    first = place.api.ok("GET", path, params={"pageSize": 2})
    rest = place.api.ok("GET", path, params={"pageSize": 2, "startingToken": first["NextToken"]})
    ids = [[item["assetId"] for item in page["Items"]] for page in (first, rest)]
    assert ids == [["asset", "b"], ["c"]]
    assert "NextToken" not in rest


@pytest.fixture(scope="module")
def car(system: System) -> Asset:
    """With two hundred files, and two wheels."""
    car = new_asset(system, {f"{number:03d}.txt": b"part %d" % number for number in range(200)}, "car")
    for name in ("front", "back"):
        car.api.ok("POST", "/assets", json=asset_body(car.database_id, name))
        ends = {"fromAssetId": "car", "fromAssetDatabaseId": car.database_id, "toAssetId": name}
        link = ends | {"toAssetDatabaseId": car.database_id, "relationshipType": "parentChild"}
        car.api.ok("POST", "/asset-links", json=link)
    return car


def test_a_large_export_goes_packed_to_who_takes_that_and_its_links_lead_to_the_files(car: Asset) -> None:
    asked = {"generatePresignedUrls": True}
    packed = car.call("POST", "export", json=asked, headers={"Accept-Encoding": "gzip"})
    plain = car.call("POST", "export", json=asked, headers={"Accept-Encoding": "identity"})
    assert (packed.status_code, plain.status_code) == (200, 200)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    found, other = packed.json(), plain.json()
    names = [file["fileName"] for file in found["assets"][0]["files"]]
    assert names == [file["fileName"] for file in other["assets"][0]["files"]]
    assert names == [f"{number:03d}.txt" for number in range(200)]
    assert httpx.get(found["assets"][0]["files"][7]["presignedFileDownloadUrl"]).content == b"part 7"
    few = car.call("POST", "export", json={"fileExtensions": [".glb"]}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in few.headers


def test_an_export_comes_in_pages_of_assets(car: Asset) -> None:
    pages: list[dict[str, Any]] = []
    token: dict[str, Any] = {}
    while not pages or "NextToken" in pages[-1]:
        reply = car.call("POST", "export", json={"maxAssets": 2} | token)
        assert reply.status_code == 200, reply.text
        pages.append(reply.json())
        token = {"startingToken": pages[-1].get("NextToken")}
    assert [[one["assetid"] for one in page["assets"]] for page in pages] == [["car", "back"], ["front"]]
    assert [page["relationships"] is None for page in pages] == [False, True]
    assert {page["totalAssetsInTree"] for page in pages} == {3}
    other = car.call("POST", "export", json={"maxAssets": 1} | {"startingToken": pages[0]["NextToken"]})
    assert other.status_code == 200, "a page may have another size"
    wrong = car.call("POST", "export", json={"startingToken": "nonsense"})
    assert (wrong.status_code, "startingToken" in wrong.json()["message"]) == (400, True)
