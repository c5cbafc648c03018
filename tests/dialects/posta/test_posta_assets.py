"""What an asset says of itself follows from its versions; the list of assets goes on by a cursor."""

from typing import Any

import pytest
from assetversions.dialects.posta import ids
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.model import AssetRef
from assetversions.operations.catalog.archive_asset import archive_asset

from tests.dialects.posta.facts import HTML
from tests.support import REF, UID, World
from tests.support.posta_api import ASSET, ASSETS, ORIGIN, VERSIONS, Posta


@pytest.fixture
def posta() -> Posta:
    return Posta(World())


def walked(posta: Posta, size: int) -> list[dict[str, Any]]:
    found, more = [], ""
    while True:
        page = posta.get(f"{ASSETS}?pageSize={size}{more}")
        found += page["items"]
        if "nextToken" not in page:
            return found
        more = f"&nextToken={page['nextToken']}"


def done(posta: Posta, method: str, url: str) -> None:
    assert posta.send(method, url).status == 202


def test_the_status_is_that_of_the_version_that_counts_most(posta: Posta) -> None:
    seen = [posta.get(ASSET)["status"]]
    first, second = (posta.create(content=HTML) for _ in range(2))
    for method, url in (
        ("POST", f"{first}/publish"),
        ("POST", f"{first}/archive"),
        ("POST", f"{second}/archive"),
        ("DELETE", second),
        ("DELETE", first),
    ):
        seen.append(posta.get(ASSET)["status"])
        done(posta, method, url)
    seen.append(posta.get(ASSET)["status"])
    assert seen == ["draft", "draft", "published", "draft", "archived", "archived", "deleted"]
    posta.create()
    assert posta.get(ASSET)["status"] == "draft"


def test_deleted_versions_are_not_counted(posta: Posta) -> None:
    urls = [posta.create(content=HTML) for _ in range(3)]
    done(posta, "DELETE", urls[0])
    assert posta.get(ASSET)["versionCount"] == 2


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("html", "template"), ("image/svg+xml", "image"), ("font/woff2", "font"), ("text", "document")],
)
def test_the_type_is_that_of_its_content(posta: Posta, kind: str, shown: str) -> None:
    assert posta.get(ASSET)["type"] == "template"
    posta.create(content=HTML | {"type": kind})
    assert posta.get(ASSET)["type"] == shown


def test_an_archived_asset_is_archived_and_in_no_list(posta: Posta) -> None:
    posta.create(content=HTML)
    posta.world.run(archive_asset, ArchiveAsset(REF))
    assert posta.get(ASSET)["status"] == "archived"
    assert walked(posta, 25) == []


def test_pages_end_to_end_are_all_assets_and_each_is_found_by_its_id(posta: Posta) -> None:
    posta.create(content=HTML)
    for number in range(4):
        posta.world.add_asset(AssetRef(REF.database_id, f"b{number}"), UID + 1 + number)
    whole = posta.get(ASSETS)
    assert "nextToken" not in whole
    assert walked(posta, 2) == whole["items"]
    assert [one["id"] for one in whole["items"]] == [ids.spell_asset(UID + step) for step in range(5)]
    for one in whole["items"]:
        url = f"{ORIGIN}/assets/{one['id']}"
        assert posta.get(url) == one
        assert len(posta.get(f"{url}/versions")["items"]) == one["versionCount"]


@pytest.mark.parametrize(
    ("query", "name"),
    [("pageSize=0", "pageSize"), ("pageSize=101", "pageSize"), ("nextToken=x", "nextToken")]
    + [(f"{name}=x", name) for name in ("includeArchived", "status", "type", "name")],
)
def test_a_parameter_of_the_list_is_honoured_or_refused(posta: Posta, query: str, name: str) -> None:
    reply = posta.send("GET", f"{ASSETS}?{query}")
    assert (reply.status, list(reply.body["errors"])) == (400, [name])


def test_a_version_that_is_published_as_it_is_made_takes_the_place_of_the_one_before(posta: Posta) -> None:
    first = posta.create(content=HTML, publish=True)
    second = posta.create(content=HTML, publish=True)
    assert [posta.get(one)["status"] for one in (first, second)] == ["archived", "published"]
    posta.world.guard.rule = lambda action, _thing: action != "publish"
    assert posta.send("POST", VERSIONS, {"content": HTML, "publish": True}).status == 403
    assert posta.get(second)["status"] == "published"
