"""Autodesk Data Management over HTTP: what it shows, where links lead, who gets in, and its own client."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from assetversions.dialects.autodesk_dm import ids
from assetversions.domain.model import AssetUid

from local.system import System
from tests.support import jsonapi
from tests.system import aps_client
from tests.system.client import Api, Asset, Body, api, new_asset

PDF, PNG = b"%PDF-1.4 one", b"\x89PNG"
MEDIA_TYPE = "application/vnd.api+json"
COPY = {"data": {"type": "versions"}}
FILE_TYPE = "versions:autodesk.bim360:File"


@dataclass(frozen=True)
class Dm:
    """One asset through Data Management; `vams` is the same asset through VAMS."""

    vams: Asset
    api: Api
    item_id: str

    @property
    def project(self) -> str:
        return f"/data/v1/projects/b.{self.vams.database_id}"

    @property
    def item(self) -> str:
        return f"{self.project}/items/{quote(self.item_id, safe='')}"

    def urn(self, number: int) -> str:
        item = ids.read_item(self.vams.database_id, self.item_id)
        assert isinstance(item, AssetUid)
        return ids.spell_version(item.uid, number)

    def version(self, number: int) -> str:
        return f"{self.project}/versions/{quote(self.urn(number), safe='')}"

    def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Whatever is answered is JSON:API."""
        reply = self.api.call(method, path.removeprefix(self.api.url), **how)
        assert reply.headers["content-type"] == MEDIA_TYPE
        jsonapi.check(reply.json(), reply.status_code)
        return reply

    def get(self, path: str, **query: Any) -> Body:
        reply = self.call("GET", path, params=query or None)
        assert reply.status_code == 200, reply.text
        body: Body = reply.json()
        return body

    def copy(self, number: int, **how: Any) -> httpx.Response:
        query = {"copyFrom": self.urn(number)}
        return self.call("POST", f"{self.project}/versions", params=query, **{"json": COPY, **how})

    def walk(self, path: str) -> Iterator[Body]:
        while True:
            page = self.get(path)
            yield page
            if "next" not in page["links"]:
                return
            path = page["links"]["next"]["href"]

    def numbers(self, query: str = "") -> list[int]:
        return numbers_on(self.get(f"{self.item}/versions{query}"))

    def as_caller(self, token: str | None) -> "Dm":
        return replace(self, api=replace(self.api, token=token))


@pytest.fixture
def dm(system: System) -> Dm:
    """A drawing with a thumbnail, in three versions."""
    asset = new_asset(system, {"plans/Maß.pdf": PDF, "plans/Maß.pdf.previewFile.png": PNG})
    for _ in range(3):
        assert asset.create().status_code == 200
    names = asset.api.ok("GET", asset.path)["ids"]["autodesk_dm"]
    assert names["project"] == asset.database_id
    return Dm(asset, asset.api, names["item"])


def numbers_on(page: Body) -> list[int]:
    return [version["attributes"]["versionNumber"] for version in page["data"]]


def problem(reply: httpx.Response) -> tuple[int, str]:
    (error,) = reply.json()["errors"]
    return reply.status_code, error["code"]


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


def test_a_copy_is_the_old_version_on_top(dm: Dm) -> None:
    dm.vams.put("plans/Maß.pdf", b"two")
    before = dm.vams.etag()
    reply = dm.copy(1, headers={"If-Match": before})
    assert (reply.status_code, reply.json()["data"]["id"]) == (201, dm.urn(4))
    assert dm.get(reply.headers["location"])["data"]["id"] == dm.urn(4)
    assert reply.headers["etag"] == dm.vams.etag()
    assert dm.vams.read("plans/Maß.pdf") == PDF
    assert problem(dm.copy(1, headers={"If-Match": before})) == (409, "CONFLICT")
    key = {"Idempotency-Key": "again"}
    assert [dm.copy(2, headers=key).json()["data"]["id"] for _ in range(2)] == [dm.urn(5)] * 2


def test_a_renamed_item_keeps_its_versions(dm: Dm) -> None:
    renamed = {"data": {"type": "versions", "attributes": {"name": "Größe.pdf"}}}
    reply = dm.copy(1, json=renamed)
    facts = reply.json()["data"]["attributes"]
    assert (reply.status_code, facts["name"], facts["versionNumber"]) == (201, "Größe.pdf", 4)
    assert set(dm.vams.working()) == {"plans/Größe.pdf", "plans/Größe.pdf.previewFile.png"}
    thumbnail = dm.get(dm.version(4))["data"]["relationships"]["thumbnails"]["meta"]["link"]["href"]
    assert dm.api.call("GET", thumbnail.removeprefix(dm.api.url)).content == PNG
    data = {"type": "items", "id": dm.item_id, "attributes": {"displayName": "Maß.pdf"}}
    item = dm.call("PATCH", dm.item, json={"data": data}, headers={"If-Match": dm.vams.etag()})
    assert (item.status_code, item.json()["data"]["attributes"]["displayName"]) == (200, "Maß.pdf")
    names = [one["attributes"]["name"] for one in dm.get(f"{dm.item}/versions")["data"]]
    assert names == ["Maß.pdf", "Größe.pdf", *["Maß.pdf"] * 3]
    data = {"type": "versions", "id": dm.urn(4), "attributes": {"name": "Größe.pdf"}}
    assert dm.call("PATCH", dm.version(4), json={"data": data}).json()["data"]["id"] == dm.urn(4)
    data["attributes"] = {"name": "x.pdf"}
    assert problem(dm.call("PATCH", dm.version(4), json={"data": data})) == (400, "BAD_INPUT")


def test_a_deleted_item_is_hidden_until_a_version_is_copied(dm: Dm) -> None:
    data = {
        "type": "versions",
        "attributes": {"extension": {"type": "versions:autodesk.core:Deleted", "version": "1.0"}},
        "relationships": {"item": {"data": {"type": "items", "id": dm.item_id}}},
    }
    reply = dm.call("POST", f"{dm.project}/versions", json={"data": data})
    assert (reply.status_code, reply.json()["included"][0]["attributes"]["hidden"]) == (201, True)
    assert dm.vams.working() == {}
    assert dm.get(dm.item)["data"]["attributes"]["hidden"]
    kind = "filter[extension.type]=versions:autodesk.core:Deleted"
    assert dm.numbers(f"?{kind}") == [4]
    assert dm.copy(3).status_code == 201
    assert not dm.get(dm.item)["data"]["attributes"]["hidden"]
    assert dm.vams.read("plans/Maß.pdf") == PDF


def test_a_copy_that_takes_long_is_a_job(dm: Dm) -> None:
    reply = dm.copy(1, headers={"Prefer": "respond-async"})
    assert (reply.status_code, reply.json()["data"]["type"]) == (202, "jobs")
    while (told := dm.call("GET", reply.headers["location"])).status_code == 200:
        time.sleep(0.2)  # between two looks; nothing is decided by it
    assert (told.status_code, told.json()["data"]["attributes"]["status"]) == (303, "finished")
    assert dm.get(told.headers["location"])["data"]["id"] == dm.urn(4)


def test_an_api_token_is_good_for_all_that_its_address_tells_of(dm: Dm, system: System) -> None:
    token = api(system, "editor").ok("POST", "/api-tokens", json={"name": "for Data Management"})["token"]
    mine = replace(dm, api=Api(system.tokens_api_url, token))
    job = mine.copy(1, headers={"Prefer": "respond-async"}).headers["location"]
    assert mine.call("GET", job).status_code in {200, 303}
    address = mine.get(mine.version(1))["data"]["relationships"]["storage"]["meta"]["link"]["href"]
    assert mine.api.call("GET", address.removeprefix(mine.api.url)).content == PDF


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


def test_who_may_only_read_copies_nothing(dm: Dm, system: System) -> None:
    viewer = dm.as_caller(system.tokens["viewer"])
    assert viewer.numbers() == [3, 2, 1]
    assert problem(viewer.copy(1)) == (403, "FORBIDDEN")
    assert viewer.copy(1, headers={"x-user-id": "admin"}).status_code == 403
    for token in (None, "garbage"):
        nobody = dm.as_caller(token)
        assert problem(nobody.call("GET", f"{dm.item}/versions")) == (401, "UNAUTHORIZED")
        assert problem(nobody.copy(1)) == (401, "UNAUTHORIZED")
    made = api(system, "admin").call("POST", "/api-tokens", json={"name": "for Data Management"})
    assert problem(dm.as_caller(made.json()["token"]).call("GET", dm.item)) == (401, "UNAUTHORIZED")


def test_a_machine_stays_within_its_scope_and_its_user(dm: Dm, system: System) -> None:
    roles = {"userId": system.machine_client_id, "roleName": ["editor"]}
    assert api(system, "admin").call("POST", "/user-roles", json=roles).status_code < 300
    reader = dm.as_caller(system.machine_token("asset-versions/data:read"))
    assert reader.numbers() == [3, 2, 1]
    assert problem(reader.copy(1)) == (403, "FORBIDDEN")
    machine = dm.as_caller(system.machine_token())
    for user, status in [("viewer", 403), ("nobody-at-all", 403), ("editor", 201)]:
        assert machine.copy(1, headers={"x-user-id": user}).status_code == status
    assert dm.get(f"{dm.item}/tip")["data"]["attributes"]["createUserId"] == "editor"
    assert machine.call("GET", dm.item, headers={"x-user-id": "viewer"}).status_code == 200
    assert machine.copy(1).status_code == 201


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


def test_aps_toolkit_renames_an_item(dm: Dm) -> None:
    facts = {"BASE_URL": dm.api.url, "TOKEN": dm.api.token or "", "PROJECT": f"b.{dm.vams.database_id}"}
    saw = aps_client.run_toolkit("rename.py", facts | {"ITEM": dm.item_id, "NAME": "New name.pdf"})
    assert saw == {"name": "New name.pdf", "displayName": "New name.pdf", "numbers": [4, 3, 2, 1]}
    assert dm.vams.read("plans/New name.pdf") == PDF
