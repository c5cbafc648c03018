"""Autodesk Data Management over HTTP: what it shows, where links lead, who gets in, and its own client."""

from urllib.parse import quote

import pytest

from local.system import System
from tests.support import jsonapi
from tests.system import aps_client
from tests.system.autodesk_dm import COPY, PDF, PNG, Dm, drawing, numbers_on, problem
from tests.system.client import api, new_asset

FILE_TYPE = "versions:autodesk.bim360:File"


@pytest.fixture
def dm(system: System) -> Dm:
    return drawing(system)


def test_the_same_facts_as_vams_shows(dm: Dm) -> None:
    reply = dm.call("GET", f"{dm.item}/versions")
    assert reply.headers["etag"] == dm.vams.etag()
    for shown, known in zip(reply.json()["data"], dm.vams.versions(), strict=True):
        facts = shown["attributes"]
        assert (facts["name"], facts["fileType"], facts["mimeType"]) == ("Maß.pdf", "pdf", "application/pdf")
        assert facts["storageSize"] == len(PDF)
        assert str(facts["versionNumber"]) == known["Version"]
        assert facts["createTime"][:19] == known["dateCreated"][:19]
        assert facts["createUserId"] == known["createdBy"]
        relations = shown["relationships"]
        for link, data in [("storage", PDF), ("thumbnails", PNG)]:
            address = relations[link]["meta"]["link"]["href"]
            assert dm.api.call("GET", address.removeprefix(dm.api.url)).content == data


def test_every_link_below_our_own_origin_answers(dm: Dm, system: System) -> None:
    viewer = dm.as_caller(system.tokens["viewer"])
    todo, seen = [f"{system.api_url}{dm.item}/versions?page[number]=1&page[limit]=1"], set()
    while todo:
        address = todo.pop()
        seen.add(address)
        if "/oss/v2/" in address:
            assert viewer.api.call("GET", address.removeprefix(system.api_url)).content in {PDF, PNG}
            continue
        found = [link for link in jsonapi.links(viewer.get(address)) if link.startswith(system.api_url)]
        todo += set(found) - seen - set(todo)
    assert {f"{system.api_url}{dm.version(number)}/downloadFormats" for number in (1, 2, 3)} <= seen
    assert f"{system.api_url}{dm.item}/tip" in seen


def test_an_item_its_tip_and_its_versions(dm: Dm) -> None:
    item, tip = dm.get(dm.item), dm.get(f"{dm.item}/tip")["data"]
    assert item["data"]["id"] == dm.item_id
    assert [version["id"] for version in item["included"]] == [tip["id"]] == [dm.urn(3)]
    assert dm.get(dm.version(1))["data"]["id"] == dm.urn(1)
    assert dm.get(f"{dm.version(1)}/item")["data"]["id"] == dm.item_id
    for part in ("refs", "relationships/refs", "relationships/links"):
        assert dm.get(f"{dm.version(1)}/{part}")["data"] == dm.get(f"{dm.item}/{part}")["data"] == []
    for asked in (f"{dm.version(1)}/downloads", f"/{dm.version(1)[8:]}/relationships/links"):
        assert dm.get(asked)["data"] == []
    assert dm.get(f"{dm.item}/parent")["data"]["attributes"]["name"] == dm.vams.database_id
    assert dm.get(f"{dm.version(1)}/downloadFormats")["data"]["attributes"] == {"formats": []}
    by_its_asset_id = f"/data/v1/projects/{dm.vams.database_id}/items/{dm.vams.asset_id}/versions"
    assert numbers_on(dm.get(by_its_asset_id)) == [3, 2, 1]


def test_a_urn_need_not_be_escaped_and_slashes_may_be_doubled(dm: Dm) -> None:
    plain = f"{dm.project}/versions/{dm.urn(2)}"
    assert dm.get(plain)["data"]["id"] == dm.urn(2)
    assert dm.get(plain.replace("?", "/item?"))["data"]["id"] == dm.item_id
    assert dm.get(plain.replace("?", "/refs?"))["data"] == []
    assert numbers_on(dm.get(f"/{dm.item}/versions")) == [3, 2, 1]


def test_pages_are_followed_while_versions_are_made(dm: Dm) -> None:
    seen = []
    for page in dm.walk(f"{dm.item}/versions?page[limit]=1"):
        seen += numbers_on(page)
        assert dm.vams.create().status_code == 200
    assert seen == [3, 2, 1]
    assert numbers_on(dm.get(page["links"]["prev"]["href"])) == [2]
    assert dm.get(f"{dm.item}/versions?page%5Bnumber%5D=9")["data"] == []


def test_filters_narrow_the_list(dm: Dm) -> None:
    assert dm.numbers("?filter[versionNumber]=1,3") == [3, 1]
    assert dm.numbers("?filter%5BversionNumber%5D=1&filter%5BversionNumber%5D=3") == [3, 1]
    urns = [quote(dm.urn(number), safe="") for number in (1, 2)]
    assert dm.numbers(f"?filter[id]={urns[0]}&filter[id]={urns[1]}&filter[versionNumber]=2,3") == [2]
    assert dm.numbers(f"?filter[id]={dm.urn(2)}") == [2]
    assert dm.numbers(f"?filter[extension.type]={FILE_TYPE}") == [3, 2, 1]
    assert dm.numbers("?filter[extension.type]=versions:autodesk.core:File") == []


def test_an_item_without_versions_has_no_tip(system: System) -> None:
    asset = new_asset(system)
    empty = Dm(asset, asset.api, asset.api.ok("GET", asset.path)["ids"]["autodesk_dm"]["item"])
    assert "data" not in empty.get(empty.item)["data"]["relationships"]["tip"]
    assert problem(empty.call("GET", f"{empty.item}/tip")) == (404, "NOT_FOUND")
    assert empty.get(f"{empty.item}/versions")["data"] == []


def test_what_is_deleted_is_not_found_but_had_an_item(dm: Dm, system: System) -> None:
    admin = dm.vams.as_user(api(system, "admin"))
    assert admin.call("DELETE", "assetversions/{}", 3).status_code == 200
    assert problem(dm.call("GET", dm.version(3))) == (404, "NOT_FOUND")
    assert dm.get(f"{dm.version(3)}/item")["included"][0]["id"] == dm.urn(2)
    assert dm.numbers() == [2, 1]


def test_what_is_wrong_is_said_in_json_api(dm: Dm, system: System) -> None:
    for name, value in [("page[limit]", "0"), ("page[number]", "-1"), ("filter[versionNumber]", "x")]:
        refused = dm.call("GET", f"{dm.item}/versions", params={name: value})
        assert problem(refused) == (400, "BAD_INPUT")
        assert refused.json()["errors"][0]["source"] == {"parameter": name}
    assert problem(dm.call("POST", f"{dm.project}/versions", json=COPY)) == (400, "BAD_INPUT")
    wrong = dm.copy(1, json={"data": {"type": "versions", "relationships": {"storage": {"data": {}}}}})
    assert wrong.json()["errors"][0]["source"] == {"pointer": "/data/relationships/storage"}
    assert dm.copy(1, json=None, content=b"{").status_code == 400
    unknown = [dm.version(999), f"{dm.version(999)}/item", f"{dm.version(999)}/refs", f"{dm.item}x/versions"]
    elsewhere = dm.item.replace(dm.vams.database_id, new_asset(system).database_id)
    for path in [*unknown, elsewhere, f"{dm.project}/versions/7", f"{dm.project}/items/no-such-item"]:
        assert problem(dm.call("GET", path)) == (404, "NOT_FOUND")
    assert problem(dm.copy(999)) == (404, "NOT_FOUND")
    assert dm.numbers() == [3, 2, 1]


def test_a_version_is_found_where_the_gateway_cuts_the_path_at_a_question_mark(dm: Dm) -> None:
    reply = dm.call("GET", dm.version(2), headers={"x-strict": "cut-path"})
    assert (reply.status_code, reply.json()["data"]["id"]) == (200, dm.urn(2))


def test_autodesk_s_own_client_understands_us(dm: Dm) -> None:
    facts = {"BASE_URL": dm.api.url, "TOKEN": dm.api.token or "", "PROJECT": f"b.{dm.vams.database_id}"}
    saw = aps_client.run("list_versions.mjs", facts | {"ITEM": dm.item_id})
    assert (saw["all"], saw["pages"]) == ([3, 2, 1], [[3, 2], [1]])
    assert (saw["byNumber"], saw["byId"], saw["byType"]) == ([3, 1], [3, 1], [])
    assert saw["item"]["included"][0]["id"] == saw["tip"]["data"]["id"] == dm.urn(3)
    assert saw["version"]["data"]["id"] == dm.urn(1)
    assert saw["versionItem"]["data"]["id"] == dm.item_id
    assert saw["refs"]["data"] == saw["relationshipRefs"]["data"] == []
    assert saw["downloadFormats"]["data"]["attributes"]["formats"] == []
    assert saw["copy"]["data"]["id"] == dm.urn(4)
    assert [saw[one]["data"]["attributes"]["name"] for one in ("renamed", "kept")] == ["New.pdf"] * 2
    assert saw["item2"]["data"]["attributes"]["displayName"] == "Newer.pdf"
    assert saw["deleted"]["included"][0]["attributes"]["hidden"]
    assert saw["restored"]["data"]["attributes"]["name"] == "New.pdf"
    assert (saw["badPage"]["status"], saw["unknown"]["status"]) == (400, 404)
    assert saw["badPage"]["errors"][0]["source"] == {"parameter": "page[limit]"}
