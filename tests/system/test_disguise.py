"""Disguise over HTTP: pages, labels, the active version, and the same facts as VAMS shows."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from local.system import System
from tests.system.client import HTTP, Api, Asset, Body, api, new_asset
from tests.system.persons import a_minute_later, newcomer

SEED_FIELDS = [
    "id", "asset_id", "label", "thumbnail", "version_number", "filesize_bytes", "type", "status", "url",
    "is_active", "created_at", "updated_at", "uploaded_by_user", "uploaded_by_user_status",
]  # fmt: skip


@dataclass(frozen=True)
class Drive:
    """One content through Disguise, with an API token; `vams` is the same asset through VAMS."""

    vams: Asset
    token: str
    content: str

    @property
    def versions_url(self) -> str:
        drive, content = self.vams.database_id, quote(self.content, safe="")
        return f"{self.vams.system.api_url}/v1/drives/{drive}/content/{content}/versions"

    def call(self, method: str, url: str = "", **how: Any) -> httpx.Response:
        """`url` is a whole one, or what follows the versions."""
        whole = url if url.startswith("http") else self.versions_url + url
        how["headers"] = {"Authorization": f"Token {self.token}"} | how.get("headers", {})
        reply = HTTP.request(method, whole, **how)
        assert reply.status_code < 500, reply.text
        return reply

    def ok(self, method: str, url: str = "", **how: Any) -> Body:
        reply = self.call(method, url, **how)
        assert reply.status_code == 200, reply.text
        body: Body = reply.json()
        return body

    def all(self, **query: Any) -> list[Body]:
        """Every version, by following the links of the pages."""
        page = self.ok("GET", params=query)
        found = page["data"]
        while page["links"]["next"]:
            page = self.ok("GET", page["links"]["next"])
            found += page["data"]
        return list(found)

    def active(self) -> list[int]:
        return [one["version_number"] for one in self.all() if one["is_active"]]

    def path(self, number: int) -> str:
        (found,) = (one["id"] for one in self.all() if one["version_number"] == number)
        return f"/{found}"

    def with_token(self, token: str) -> "Drive":
        return replace(self, token=token)


def token(system: System, **body: Any) -> str:
    made = api(system, "admin").ok("POST", "/api-tokens", json={"name": f"test {uuid4()}"} | body)
    return str(made["token"])


def error(reply: httpx.Response) -> tuple[int, Any, Any]:
    told = reply.json()["error"]
    return reply.status_code, told["message"], told["details"]


@pytest.fixture
def drive(system: System) -> Drive:
    """The admin's token: an editor may not delete. Three versions of a clip, the second with a preview."""
    asset = new_asset(system)
    asset.put("clip.mp4", b"one")
    assert asset.create({"comment": "first"}).status_code == 200
    asset.put("clip.mp4", b"second")
    asset.put("clip.mp4.previewFile.png", b"picture")
    assert asset.create().status_code == 200
    asset.put("notes.txt", b"much longer than the clip")
    assert asset.create().status_code == 200
    ids = asset.api.ok("GET", asset.path)["ids"]["disguise"]
    assert ids["drive"] == asset.database_id
    return Drive(asset, token(system), ids["content"])


def test_the_list_shows_what_vams_shows_oldest_first(drive: Drive) -> None:
    page = drive.ok("GET")
    assert [list(one) for one in page["data"]] == [SEED_FIELDS] * 3
    seen = [(one["version_number"], one["label"], one["is_active"]) for one in page["data"]]
    assert seen == [(1, "first", False), (2, None, False), (3, None, True)]
    known = drive.vams.versions()[::-1]
    for one, other in zip(page["data"], known, strict=True):
        assert (one["label"] or "", str(one["version_number"])) == (other["comment"], other["Version"])
        assert one["is_active"] == other["isCurrent"]
        assert one["created_at"][:19] == other["dateCreated"][:19]
        assert (one["asset_id"], one["uploaded_by_user"]) == (drive.content, "editor")
        assert (one["status"], one["uploaded_by_user_status"]) == ("ready", "active")
        assert drive.ok("GET", f"/{one['id']}").keys() == one.keys()
    assert [one["label"] for one in page["meta"].pop("links")] == ["Previous", "1", "Next"]
    assert page["meta"] | {"path": ""} == {
        "current_page": 1, "from": 1, "last_page": 1, "path": "", "per_page": 15, "to": 3, "total": 3,
    }  # fmt: skip


def test_the_links_of_a_version_lead_to_the_bytes_of_then(drive: Drive) -> None:
    first, second, third = drive.all()
    assert httpx.get(first["url"]).content == b"one"
    assert first["thumbnail"] is None
    assert (httpx.get(second["url"]).content, httpx.get(second["thumbnail"]).content) == (
        b"second",
        b"picture",
    )
    assert [(one["type"], one["filesize_bytes"]) for one in (first, second)] == [("video", 3), ("video", 6)]
    assert (third["type"], third["filesize_bytes"]) == ("file", 25)
    editor = drive.vams.api
    editor.ok("PUT", drive.vams.path, json={"isDistributable": False})
    assert [(one["url"], one["thumbnail"]) for one in drive.all()] == [(None, None)] * 3


def test_the_primary_file_is_the_one_that_the_asset_names(drive: Drive) -> None:
    drive.vams.api.ok("PUT", drive.vams.path, json={"primaryFile": "clip.mp4"})
    assert drive.vams.create().status_code == 200
    *_, before, after = drive.all()
    assert (before["type"], after["type"], after["filesize_bytes"]) == ("file", "video", 6)


def test_pages_are_turned_by_their_links(drive: Drive) -> None:
    first = drive.ok("GET", params={"per_page": 2})
    assert first["links"]["prev"] is None
    drive.vams.create()
    second = drive.ok("GET", first["links"]["next"])
    assert [one["version_number"] for one in first["data"] + second["data"]] == [1, 2, 3, 4]
    assert second["links"]["next"] is None
    assert drive.ok("GET", second["links"]["prev"])["data"][0]["id"] == first["data"][0]["id"]
    assert drive.ok("GET", first["links"]["first"])["meta"] == first["meta"] | {"total": 4}
    past = drive.ok("GET", params={"page": 9})
    assert (past["data"], past["meta"]["from"], past["meta"]["total"]) == ([], None, 4)
    assert [one["version_number"] for one in drive.all(per_page=1)] == [1, 2, 3, 4]


def test_label_and_active_version_change_together(drive: Drive) -> None:
    body = drive.ok("PATCH", drive.path(1), json={"label": "Version 1", "set_active": True})
    assert (body["label"], body["is_active"], body["status"]) == ("Version 1", True, "ready")
    assert drive.active() == [1]
    assert drive.vams.contents() == {"clip.mp4": b"one"}
    assert (drive.vams.version(1)["comment"], drive.vams.version(1)["isCurrent"]) == ("Version 1", True)
    assert drive.ok("PATCH", drive.path(2), json={"set_active": False})["is_active"] is False
    assert drive.ok("PATCH", drive.path(1), json={})["label"] == "Version 1"
    assert drive.ok("PATCH", drive.path(1), json={"label": None})["label"] is None
    assert drive.active() == [1]


def test_one_put_becomes_the_next_version_of_the_content(drive: Drive) -> None:
    """The link takes the bytes as they are, without any credential beside it."""
    drive.vams.api.ok("PUT", drive.vams.path, json={"primaryFile": "clip.mp4"})
    assert drive.vams.create().status_code == 200
    content = drive.versions_url.removesuffix("/versions")
    folder = drive.ok("GET", content)["parent_id"]
    upload = drive.ok("GET", f"{content.rpartition('/')[0]}/{quote(folder, safe='')}/request-upload")
    sent = httpx.put(upload["url"], content=b"uploaded", headers={"Content-Type": "video/mp4"})
    assert sent.status_code == 200, sent.text
    made = drive.call("POST", f"{content}/version", json={"upload_uuid": upload["upload_uuid"]})
    assert made.status_code == 201, made.text
    shown = drive.ok("GET", content)
    assert (shown["type"], shown["size_bytes"], shown["format"]) == ("video", 8, "mp4")
    assert [one["is_active"] for one in shown["versions"]] == [False, False, False, False, True]
    assert httpx.get(shown["url"]).content == httpx.get(made.json()["url"]).content == b"uploaded"
    assert drive.vams.contents()["clip.mp4"] == b"uploaded"


def test_a_content_is_renamed_listed_and_deleted(drive: Drive) -> None:
    content = drive.versions_url.removesuffix("/versions")
    renamed = drive.ok("PATCH", content, json={"name": "Größe"})
    (listed,) = drive.ok("GET", content.rpartition("/")[0])["data"]
    active = [one for one in renamed["versions"] if one["is_active"]]
    assert listed["versions"][0]["id"] == active[0]["id"]
    assert (listed["name"], listed["id"]) == ("Größe", drive.content)
    assert drive.call("DELETE", content).status_code == 204
    assert error(drive.call("GET", content)) == (404, "Content not found", "Content not found")
    assert drive.ok("GET", content.rpartition("/")[0])["data"] == []


def test_deleting_moves_what_is_active_and_stops_at_the_last(drive: Drive) -> None:
    for number, active in ((3, [2]), (1, [2])):
        reply = drive.call("DELETE", drive.path(number))
        assert (reply.status_code, reply.content) == (204, b"")
        assert drive.active() == active
    path = drive.path(2)
    status, _, details = error(drive.call("DELETE", path))
    assert (status, list(details)) == (422, ["version_id"])
    assert drive.vams.create().status_code == 200
    assert [one["version_number"] for one in drive.all()] == [2, 4]
    assert drive.call("DELETE", path).status_code == 204
    assert error(drive.call("GET", path)) == (404, "Version not found", "Version not found")


def test_a_content_is_found_by_its_asset_id_as_well(drive: Drive) -> None:
    named = replace(drive, content=drive.vams.asset_id)
    assert [one["id"] for one in named.all(per_page=2)] == [one["id"] for one in drive.all()]


def test_what_is_not_there_is_said_by_kind(drive: Drive, system: System) -> None:
    version = drive.path(1)
    base = f"{system.api_url}/v1/drives"
    unknown = "0048d159-e26a-8f37-af01-234500000000"
    for url, message in (
        (f"{base}/nowhere/content/{drive.content}/versions", "Drive not found"),
        (f"{base}/nowhere/content/{drive.vams.asset_id}/versions{version}", "Drive not found"),
        (f"{base}/{drive.vams.database_id}/content/{unknown}/versions", "Content not found"),
        (f"{base}/{drive.vams.database_id}/content/nothing/versions{version}", "Content not found"),
        (f"{drive.versions_url}/{unknown}", "Version not found"),
        (f"{drive.versions_url}/gold", "Version not found"),
    ):
        assert error(drive.call("GET", url)) == (404, message, message)
    other = Drive(new_asset(system), drive.token, "asset")
    assert error(other.call("GET", version))[:2] == (404, "Version not found")


def test_what_is_wrong_is_said_by_field(drive: Drive) -> None:
    version = drive.path(1)
    for how, field in (
        ({"json": {"label": "x" * 1025}}, "label"),
        ({"json": {"set_active": "yes"}}, "set_active"),
        ({"content": "{"}, "body"),
        ({"json": {}, "headers": {"If-Match": "x"}}, "If-Match"),
    ):
        status, _, details = error(drive.call("PATCH", version, **how))
        assert (status, list(details)) == (422, [field])
    for query, field in ({"page": 0}, "page"), ({"per_page": 101}, "per_page"), ({"sort": "x"}, "sort"):
        status, _, details = error(drive.call("GET", params=query))
        assert (status, list(details)) == (422, [field])


def test_who_may_only_read_reads_and_changes_nothing(drive: Drive, system: System) -> None:
    version, before = drive.path(1), [one["updated_at"] for one in drive.all()]
    viewer = drive.with_token(token(system, userId="viewer"))
    reader = drive.with_token(token(system, scopes=["data:read"]))
    for few in (viewer, reader):
        assert few.ok("GET", version)["version_number"] == 1
        assert error(few.call("PATCH", version, json={"label": "x"}))[0] == 403
        assert error(few.call("DELETE", version))[0] == 403
    editor = drive.with_token(token(system, userId="editor"))
    assert error(editor.call("DELETE", version))[0] == 403
    assert [one["updated_at"] for one in drive.all()] == before
    assert editor.ok("PATCH", version, json={"set_active": True})["is_active"] is True


def test_who_is_nobody_gets_in_nowhere(drive: Drive, system: System) -> None:
    version = drive.path(1)
    for headers in ({"Authorization": ""}, {"Authorization": "Token nonsense"}):
        for method, path in (("GET", ""), ("GET", version), ("PATCH", version), ("DELETE", version)):
            status, message, details = error(drive.call(method, path, headers=headers))
            assert (status, message) == (401, details)
    jwt = Api(system.api_url, system.tokens["viewer"])
    assert len(jwt.ok("GET", drive.versions_url.removeprefix(system.api_url))["data"]) == 3


def test_who_uploaded_it_may_leave(drive: Drive, system: System) -> None:
    """What the pool says is kept for a minute."""
    name, admin = f"leaver-{uuid4().hex[:8]}", api(system, "admin")
    leaver = Api(system.api_url, newcomer(system, name))
    admin.ok("POST", "/user-roles", json={"userId": name, "roleName": ["editor"]})
    assert drive.vams.as_user(leaver).create().status_code == 200
    made = drive.all()[-1]
    assert (made["uploaded_by_user"], made["uploaded_by_user_status"]) == (name, "active")
    system.client("cognito-idp").admin_delete_user(UserPoolId=system.user_pool_id, Username=name)
    admin.ok("DELETE", "/user-roles", json={"userId": name})
    a_minute_later(system)
    assert drive.ok("GET", f"/{made['id']}")["uploaded_by_user_status"] == "deleted"


def test_a_precondition_that_no_longer_holds_changes_nothing(drive: Drive) -> None:
    tag = drive.call("GET", drive.path(1)).headers["etag"]
    reply = drive.call("PATCH", drive.path(1), json={"set_active": True}, headers={"If-Match": tag})
    assert (reply.status_code, reply.json()["is_active"]) == (200, True)
    stale = drive.call("PATCH", drive.path(2), json={"set_active": True}, headers={"If-Match": tag})
    assert error(stale)[0] == 409
    assert drive.active() == [1]
