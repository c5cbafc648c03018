"""Autodesk Data Management over HTTP: what is restored, renamed and hidden through it, and by whom."""

import time

import pytest

from local.system import System
from tests.system import aps_client
from tests.system.autodesk_dm import PDF, PNG, Dm, drawing, problem
from tests.system.client import api


@pytest.fixture
def dm(system: System) -> Dm:
    return drawing(system)


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
    mine = dm.as_caller(token, system.tokens_api_url)
    job = mine.copy(1, headers={"Prefer": "respond-async"}).headers["location"]
    assert mine.call("GET", job).status_code in {200, 303}
    address = mine.get(mine.version(1))["data"]["relationships"]["storage"]["meta"]["link"]["href"]
    assert mine.api.call("GET", address.removeprefix(mine.api.url)).content == PDF


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


def test_aps_toolkit_renames_an_item(dm: Dm) -> None:
    facts = {"BASE_URL": dm.api.url, "TOKEN": dm.api.token or "", "PROJECT": f"b.{dm.vams.database_id}"}
    saw = aps_client.run_toolkit("rename.py", facts | {"ITEM": dm.item_id, "NAME": "New name.pdf"})
    assert saw == {"name": "New name.pdf", "displayName": "New name.pdf", "numbers": [4, 3, 2, 1]}
    assert dm.vams.read("plans/New name.pdf") == PDF
