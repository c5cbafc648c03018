"""Posta over HTTP: the lifecycle, content and variables, and the same facts as VAMS shows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import httpx
import pytest

from local.system import System
from tests.system.client import Api, Asset, Body, api, new_asset

HTML = "<p>Grüezi {{name}}</p>"
INLINE = {"source": "inline", "type": "text/html", "content": HTML}


@dataclass(frozen=True)
class Posta:
    """One asset through Posta; `vams` is the same asset through VAMS."""

    vams: Asset
    api: Api
    asset_id: str

    def call(self, method: str, path: str = "", **how: Any) -> httpx.Response:
        return self.api.call(method, f"/assets/{self.asset_id}/versions{path}", **how)

    def create(self, **body: Any) -> Body:
        reply = self.call("POST", json=body)
        assert reply.status_code == 201, reply.text
        made: Body = reply.json()
        assert reply.headers["location"] == f"{self.api.url}/assets/{self.asset_id}/versions/{made['id']}"
        return made

    def get(self, version_id: str) -> Body:
        reply = self.call("GET", f"/{version_id}")
        assert reply.status_code == 200, reply.text
        found: Body = reply.json()
        return found

    def pages(self, **query: Any) -> Iterator[Body]:
        token: Body = {}
        while True:
            body = self.call("GET", params=query | token).json()
            yield from body["items"]
            if "nextToken" not in body:
                return
            token = {"nextToken": body["nextToken"]}

    def done(self, method: str, path: str, **how: Any) -> None:
        reply = self.call(method, path, **how)
        assert (reply.status_code, reply.text) == (202, "")

    def statuses(self) -> list[str]:
        return [item["status"] for item in self.pages(includeArchived="true")]


@pytest.fixture
def posta(system: System) -> Posta:
    """As the admin: an editor may not delete."""
    asset = new_asset(system)
    admin = api(system, "admin")
    facts = admin.ok("GET", asset.path)
    return Posta(asset.as_user(admin), admin, facts["ids"]["posta"])


def problem(reply: httpx.Response) -> Body:
    assert reply.headers["content-type"] == "application/problem+json"
    body: Body = reply.json()
    assert body["status"] == reply.status_code
    return body


def at_once(*sends: Any) -> list[httpx.Response]:
    start = Barrier(len(sends))

    def wait_and_send(send: Any) -> Any:
        start.wait()
        return send()

    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(wait_and_send, sends))


def test_a_draft_goes_its_way_to_publication_and_its_content_can_be_fetched(posta: Posta) -> None:
    draft = posta.create(notes="first", content=INLINE)
    assert (draft["status"], draft["contentType"]) == ("draft", "text/html")
    assert draft["contentLength"] == len(HTML.encode())
    assert "contentUrl" not in draft
    read = posta.get(draft["id"])
    assert read["content"] == INLINE
    changed = read["content"] | {"content": "<p>Ade</p>"}
    posta.done("PUT", f"/{draft['id']}", json=read | {"content": changed, "notes": "second"})
    posta.done("POST", f"/{draft['id']}/publish")
    published = posta.get(draft["id"])
    assert (published["status"], published["notes"]) == ("published", "second")
    reply = httpx.get(published["contentUrl"])
    assert (reply.status_code, reply.text) == (200, "<p>Ade</p>")
    for body in ({"notes": "third"}, {"content": INLINE}):
        assert problem(posta.call("PUT", f"/{draft['id']}", json=body))["title"] == "Conflict"


def test_a_draft_made_through_posta_is_listed_by_vams_with_the_same_facts(posta: Posta) -> None:
    draft = posta.create(notes="Grüezi", content=INLINE)
    (seen,) = posta.vams.versions()
    assert (seen["comment"], seen["state"], seen["fileCount"]) == ("Grüezi", "draft", 1)
    assert (seen["isCurrent"], seen["isArchived"]) == (True, False)
    assert seen["dateCreated"][:19] == draft["createdAt"][:19]
    found = posta.vams.version(1)
    assert found["totalSize"] == draft["contentLength"]
    (path,) = posta.vams.pins(1)
    assert posta.vams.read(path) == HTML.encode()


def test_a_draft_made_through_vams_is_listed_by_posta_with_the_same_facts(posta: Posta) -> None:
    posta.vams.put("page.html", b"<p>")
    assert posta.vams.create({"comment": "from VAMS", "versionAlias": "gold"}).status_code == 200
    (seen,) = posta.pages()
    assert (seen["notes"], seen["status"]) == ("from VAMS", "draft")
    assert (seen["contentType"], seen["contentLength"]) == ("text/html", 3)
    assert posta.get(seen["id"]) == seen
    assert posta.vams.call("POST", "assetversions/{}/publish", "gold").status_code == 200
    assert posta.statuses() == ["published"]
    posta.done("POST", f"/{seen['id']}/archive")
    assert posta.vams.version("gold")["isArchived"] is True
    assert posta.vams.unarchive("gold").status_code == 200
    assert posta.statuses() == ["published"]


def test_two_simultaneous_publishes_leave_one_published_always(posta: Posta) -> None:
    one, two = (posta.create(content=INLINE)["id"] for _ in range(2))
    replies = at_once(
        lambda: posta.call("POST", f"/{one}/publish"), lambda: posta.call("POST", f"/{two}/publish")
    )
    assert [reply.status_code for reply in replies] == [202, 202]
    assert sorted(posta.statuses()) == ["archived", "published"]


def test_a_clone_is_a_new_draft_with_the_same_content_and_variables(posta: Posta) -> None:
    variables = [{"name": "name", "behavior": "required"}]
    first = posta.create(content=INLINE, variableDefinitions=variables)
    reply = posta.call("POST", f"/{first['id']}/clone", json={"notes": "a copy", "publish": True})
    assert reply.status_code == 200
    clone = reply.json()
    assert (clone["status"], clone["notes"]) == ("published", "a copy")
    assert clone["variableDefinitions"] == first["variableDefinitions"]
    assert httpx.get(clone["contentUrl"]).text == HTML
    assert [version["isCurrent"] for version in posta.vams.versions()] == [False, True]


def test_a_deleted_version_is_gone_for_good(posta: Posta) -> None:
    first, second = (posta.create(content=INLINE)["id"] for _ in range(2))
    posta.done("DELETE", f"/{second}")
    gone = posta.get(second)
    assert (gone["status"], gone["content"].get("content"), "contentUrl" in gone) == ("deleted", None, False)
    for method, path in [("POST", "/publish"), ("POST", "/archive"), ("POST", "/clone"), ("DELETE", "")]:
        assert problem(posta.call(method, f"/{second}{path}"))["status"] == 409
    assert [item["id"] for item in posta.pages(includeArchived="true")] == [first]
    assert [version["isCurrent"] for version in posta.vams.versions()] == [True]
    assert posta.create()["id"] not in {first, second}


def test_what_a_deleted_version_alone_held_is_not_handed_out(posta: Posta) -> None:
    vams, old = posta.vams, posta.vams.put("a.txt", b"old")
    kept, deleted = (posta.create()["id"] for _ in range(2))
    download = {"downloadType": "assetFile", "key": "a.txt", "versionId": old}
    for one, status in ((deleted, 200), (kept, 404)):
        vams.put("a.txt", b"new")
        posta.done("DELETE", f"/{one}")
        assert vams.call("POST", "download", json=download).status_code == status
        assert vams.call("POST", f"revertFileVersion/{old}", json={"filePath": "a.txt"}).status_code == status
    assert vams.read("a.txt") == b"new"


def test_pages_are_newest_first_and_full_without_archived_ones(posta: Posta) -> None:
    made = [posta.create(notes=str(number))["id"] for number in range(5)]
    posta.done("POST", f"/{made[3]}/archive")
    assert [item["notes"] for item in posta.pages(pageSize=2)] == ["4", "2", "1", "0"]
    assert [item["notes"] for item in posta.pages(pageSize=2, includeArchived="true")] == list("43210")


def test_variables_are_resolved_by_their_rules(posta: Posta) -> None:
    definitions = [
        {"name": "name", "behavior": "required"},
        {"name": "logo", "type": "asset", "behavior": "overridablePreset", "presetValue": posta.asset_id},
    ]
    version = posta.create(variableDefinitions=definitions)["id"]
    path = f"/{version}/variables/resolve"
    reply = posta.call("POST", path, json={"variables": [{"name": "name", "value": "Jane"}]})
    expected = [{"name": "name", "value": "Jane"}, {"name": "logo", "value": posta.asset_id}]
    assert (reply.status_code, reply.json()) == (200, {"variables": expected})
    values = [{"name": "name", "value": ""}, {"name": "logo", "value": "ast_0000000000000001"}]
    refused = posta.call("POST", path, json={"variables": values})
    assert refused.status_code == 422
    assert set(problem(refused)["errors"]) == {"variables.0.value"}
    waived = posta.call("POST", path, json={"variables": values, "validationScope": "none"})
    assert waived.json() == {"variables": values}


def test_a_reference_to_an_unknown_asset_is_refused(posta: Posta) -> None:
    definition = {
        "name": "logo",
        "type": "asset",
        "behavior": "preset",
        "presetValue": "ast_0000000000000001",
    }
    refused = posta.call("POST", json={"variableDefinitions": [definition]})
    assert refused.status_code == 422
    assert set(problem(refused)["errors"]) == {"variableDefinitions.0.presetValue"}
    assert list(posta.pages()) == []


def test_the_same_idempotency_key_gives_the_same_reply_once(posta: Posta) -> None:
    version = posta.create(content=INLINE)["id"]
    key = {"Idempotency-Key": version}
    first, again = (posta.call("POST", f"/{version}/clone", headers=key, json={}) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = posta.call("POST", f"/{version}/clone", headers=key, json={"notes": "other"})
    assert problem(other)["status"] == 422
    for _ in range(2):
        posta.done("DELETE", f"/{version}", headers={"Idempotency-Key": f"delete {version}"})
    assert len(list(posta.pages())) == 1


def test_what_is_wrong_is_answered_as_a_problem(posta: Posta) -> None:
    assert problem(posta.call("POST", json={"notes": "x" * 256}))["errors"].keys() == {"notes"}
    inside = {"source": "import", "content": "https://169.254.169.254/latest/meta-data/"}
    assert problem(posta.call("POST", json={"content": inside}))["errors"].keys() == {"content.content"}
    assert problem(posta.call("GET", "/astv_x"))["status"] == 404
    assert problem(posta.api.call("GET", "/assets/ast_0000000000000001/versions"))["status"] == 404
    assert problem(posta.call("GET", params={"pageSize": 101}))["status"] == 400


def test_who_may_only_read_reads_and_changes_nothing(posta: Posta, system: System) -> None:
    version = posta.create(content=INLINE)["id"]
    viewer = Posta(posta.vams, api(system, "viewer"), posta.asset_id)
    assert viewer.get(version)["id"] == version
    for method, path in [("POST", ""), ("PUT", f"/{version}"), ("DELETE", f"/{version}"),
                         ("POST", f"/{version}/publish"), ("POST", f"/{version}/clone")]:  # fmt: skip
        assert problem(viewer.call(method, path, json={"notes": "x"}))["status"] == 403
    assert Posta(posta.vams, Api(system.api_url, None), posta.asset_id).call("GET").status_code == 401
    assert posta.statuses() == ["draft"]


# VAMS


def test_the_history_tells_what_was_and_when(posta: Posta) -> None:
    asset = posta.vams
    asset.put("a.txt", b"one")
    assert asset.create({"versionAlias": "gold"}).status_code == 200
    assert asset.call("POST", "assetversions/{}/publish", 1).status_code == 200
    between = asset.call("GET", "history").json()["events"][0]["dateCreated"]
    assert asset.create().status_code == 200
    assert asset.call("POST", "assetversions/{}/clone", 1, json={"publish": True}).status_code == 200
    assert asset.call("DELETE", "assetversions/{}", 2).status_code == 200
    events = [event for page in asset.pages("history", pageSize=2) for event in page["events"]]
    assert [event["event"] for event in events] == [
        "version.deleted", "version.cloned", "version.created", "version.published", "version.created",
    ]  # fmt: skip
    then = asset.call("GET", "history", params={"at": between}).json()
    assert (then["currentVersion"]["Version"], then["publishedVersion"]["Version"]) == ("1", "1")
    assert then["aliases"]["gold"]["Version"] == "1"
    now = asset.call("GET", "history", params={"at": "2999-01-01T00:00:00Z"}).json()
    assert (now["currentVersion"]["Version"], now["publishedVersion"]["Version"]) == ("3", "3")
    assert asset.call("GET", "history", params={"at": "yesterday"}).status_code == 400


def test_activate_brings_the_files_back_without_a_new_version(posta: Posta) -> None:
    asset = posta.vams
    asset.put("a.txt", b"one")
    assert asset.create().status_code == 200
    asset.put("a.txt", b"two")
    asset.put("b.txt", b"new")
    assert asset.create().status_code == 200
    assert asset.call("POST", "assetversions/{}/activate", 1).status_code == 200
    assert asset.contents() == {"a.txt": b"one"}
    assert [(version["Version"], version["isCurrent"]) for version in asset.versions()] == [
        ("2", False), ("1", True),
    ]  # fmt: skip


def test_a_protected_version_stays_until_someone_allowed_to_lifts_it(posta: Posta, system: System) -> None:
    asset = posta.vams
    assert asset.create({"versionAlias": "gold"}).status_code == 200
    assert asset.create().status_code == 200
    assert asset.update(1, {"isProtected": True}).status_code == 200
    assert asset.version(1)["isProtected"] is True
    assert asset.archive(1).status_code == 409
    assert asset.call("DELETE", "assetversions/{}", 1).status_code == 409
    assert asset.update(1, {"versionAlias": ""}).status_code == 409
    editor = asset.as_user(api(system, "editor"))
    assert editor.update(1, {"isProtected": False}).status_code == 403
    assert asset.update(1, {"isProtected": False}).status_code == 200
    assert asset.call("DELETE", "assetversions/{}", 1).status_code == 200
