"""A version of an upload, over the whole system: one PUT, and what it takes to make a version of it."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from assetversions.domain.errors import Busy
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.storage.dynamodb.records import DynamoRecords

from tests.integration.access.test_plan import plans as plans  # a fixture
from tests.simulation.aws import ASSETS
from tests.support import lambda_client
from tests.support.http_world import ASSET, HttpWorld, user

EDITOR = user("editor")
Body = dict[str, Any]


def linked(url: str) -> dict[str, str]:
    """What a link of the account in memory is to, and for."""
    return dict(parse_qsl(urlsplit(url).query))


class Uploading:
    """The asset `public` through Disguise, as one user."""

    def __init__(self, world: HttpWorld, who: dict[str, Any] = EDITOR) -> None:
        ids = world.ok(user("admin"), "GET", ASSET)["ids"]["disguise"]
        self.world, self.who, self.content = world, who, f"/v1/drives/{ids['drive']}/content/{ids['content']}"
        world.ok(user("admin"), "PUT", ASSET, {"isDistributable": True})

    def call(self, method: str, path: str = "", body: Any = None, **how: Any) -> tuple[int, Any]:
        status, found = self.world.call(self.who, method, self.content + path, body, **how)
        return status, found

    def ok(self, method: str, path: str = "", body: Any = None, **how: Any) -> Body:
        status, found = self.call(method, path, body, **how)
        assert status < 300, found
        return dict(found)

    def request(self) -> Body:
        return self.ok("GET", "/request-upload")

    def send(self, upload: Body, data: bytes) -> str:
        """One PUT to its `url`; the id to make a version with."""
        to = linked(upload["url"])
        assert to["Key"] == upload["key"]
        place = {"Bucket": ASSETS, "Key": to["Key"], "UploadId": to["UploadId"]}
        self.world.account.s3.upload_part(**place, PartNumber=int(to["PartNumber"]), Body=data)
        return str(upload["upload_uuid"])

    def make(self, data: bytes) -> Body:
        return self.version(self.send(self.request(), data))

    def version(self, upload_id: str, **how: Any) -> Body:
        return self.ok("POST", "/version", {"upload_uuid": upload_id}, **how)

    def read(self, url: str) -> bytes:
        at = linked(url)
        found = self.world.account.s3.get_object(Bucket=ASSETS, Key=at["Key"], VersionId=at["VersionId"])
        data: bytes = found["Body"].read()
        return data

    def numbers(self) -> list[int]:
        return [one["version_number"] for one in self.ok("GET", "/versions")["data"]]


@pytest.fixture
def uploading(world: HttpWorld) -> Uploading:
    return Uploading(world)


def test_each_upload_becomes_the_next_version_and_the_active_one(uploading: Uploading) -> None:
    first = uploading.make(b"one")
    assert first == uploading.ok("GET") | {"url": first["url"], "versions": first["versions"]}
    assert (first["size_bytes"], uploading.read(first["url"])) == (3, b"one")
    second = uploading.make(b"second")
    assert [one["is_active"] for one in second["versions"]] == [False, True]
    assert [uploading.read(one["url"]) for one in second["versions"]] == [b"one", b"second"]
    assert [one["label"] for one in second["versions"]] == [None, None]
    assert uploading.numbers() == [1, 2]


def test_it_takes_the_place_of_the_file_that_stands_for_the_content(uploading: Uploading) -> None:
    uploading.world.account.s3.put_object(Bucket=ASSETS, Key="db1/public/in/clip.mp4", Body=b"old")
    uploading.world.ok(EDITOR, "POST", f"{ASSET}/createVersion", {})
    asked = uploading.request()
    assert asked["key"] == "db1/public/in/clip.mp4"
    made = uploading.version(uploading.send(asked, b"new one"))
    assert (made["type"], made["format"], made["size_bytes"]) == ("video", "mp4", 7)


def test_a_content_without_a_file_gets_one_of_its_name(uploading: Uploading) -> None:
    uploading.ok("PATCH", "", {"name": "Größe.png"})
    assert uploading.request()["key"] == "db1/public/Größe.png"
    assert uploading.make(b"x")["type"] == "image"
    for name in ("a/b.png", "..", "a" * 256):
        other = {"databaseId": "db1", "assetName": name, "description": "an asset"}
        made = uploading.world.ok(EDITOR, "POST", "/assets", other)["assetId"]
        asked = uploading.world.ok(EDITOR, "GET", f"/v1/drives/db1/content/{made}/request-upload")
        assert asked["key"] == f"db1/{made}/{name if name.startswith('aa') else made}"


def test_by_the_folder_that_a_content_says_it_is_in_as_well(uploading: Uploading) -> None:
    folder = uploading.ok("GET")["parent_id"]
    asked = uploading.world.ok(EDITOR, "GET", f"/v1/drives/db1/content/{folder}/request-upload")
    assert uploading.version(uploading.send(asked, b"one"))["size_bytes"] == 3


def test_what_has_not_arrived_is_no_version_and_may_still_come(uploading: Uploading) -> None:
    asked = uploading.request()
    status, body = uploading.call("POST", "/version", {"upload_uuid": asked["upload_uuid"]})
    missing = "0 of 1 parts have arrived; PUT the rest to its links first."
    assert (status, body["error"]["details"]) == (422, {"upload_uuid": [missing]})
    assert uploading.numbers() == []
    uploading.version(uploading.send(asked, b"one"))
    assert uploading.numbers() == [1]


def test_what_is_sent_again_before_the_version_is_made_counts(uploading: Uploading) -> None:
    asked = uploading.request()
    uploading.send(asked, b"first try")
    assert uploading.version(uploading.send(asked, b"last"))["size_bytes"] == 4


def test_the_same_upload_is_one_version_however_often_it_is_asked_for(uploading: Uploading) -> None:
    upload = uploading.send(uploading.request(), b"one")
    first = uploading.version(upload)
    again = uploading.version(upload)
    assert (again["versions"], again["updated_at"]) == (first["versions"], first["updated_at"])
    keyed = uploading.version(upload, headers={"idempotency-key": "k"})
    assert keyed == uploading.version(upload, headers={"idempotency-key": "k"}) == again
    assert uploading.numbers() == [1]


def test_a_version_that_broke_off_behind_its_upload_is_made_when_it_is_asked_for_again(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploading.send(uploading.request(), b"one")
    with monkeypatch.context() as broken:
        broken.setattr(DynamoRecords, "commit", busy)
        assert uploading.call("POST", "/version", {"upload_uuid": upload})[0] == 429
    assert uploading.numbers() == []
    assert uploading.version(upload)["size_bytes"] == 3
    assert uploading.numbers() == [1]


def busy(*_: Any) -> None:
    raise Busy("Send the request again.")


def test_where_the_asset_makes_versions_of_uploads_itself_there_is_one_still(uploading: Uploading) -> None:
    uploading.world.ok(EDITOR, "PUT", ASSET, {"autoVersion": {"after": "upload"}})
    uploading.make(b"one")
    assert uploading.numbers() == [1]


def test_what_takes_too_long_for_a_request_is_pending(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploading.send(uploading.request(), b"one")
    started: list[Any] = []
    monkeypatch.setattr(
        "assetversions.runtime.executions.Executions.start", lambda _, *found: started.append(found)
    )
    monkeypatch.setattr(Estimate, "add", _too_long)
    made = uploading.version(upload)
    assert (made["status"], made["versions"], len(started)) == ("pending", [], 1)


def _too_long(*_: Any) -> None:
    raise OverBudget


def test_what_something_newer_stands_before_is_no_version_however_often_it_is_asked_for(
    uploading: Uploading,
) -> None:
    """S3 takes that for the newest which was begun last."""
    asked = uploading.request()
    upload = uploading.send(asked, b"one")
    uploading.world.account.s3.put_object(Bucket=ASSETS, Key=asked["key"], Body=b"a stranger's")
    for _ in range(2):
        status, body = uploading.call("POST", "/version", {"upload_uuid": upload})
        assert (status, "something newer stands" in body["error"]["message"]) == (409, True)
    assert uploading.numbers() == []


def test_who_may_create_and_not_update_makes_no_version_of_an_upload(uploading: Uploading) -> None:
    """Files are changed by it."""
    world, admin = uploading.world, user("admin")
    upload = uploading.send(uploading.request(), b"one")
    editor = {"groupId": "editor", "permissionType": "allow"}
    everywhere = [{"field": "databaseId", "operator": "not_equals", "value": "global"}]
    rule = {
        "identifier": "editor-asset",
        "objectType": "asset",
        "criteriaAnd": everywhere,
        "groupPermissions": [editor | {"permission": name} for name in ("GET", "POST")],
    }
    world.ok(admin, "PUT", "/auth/constraints", rule)
    assert uploading.call("POST", "/version", {"upload_uuid": upload})[0] == 403
    assert world.call(EDITOR, "POST", f"{ASSET}/createVersion", {"allowEmpty": True})[0] == 200


def test_an_upload_of_another_user_or_content_or_none_at_all_is_not_found(uploading: Uploading) -> None:
    upload = uploading.send(uploading.request(), b"one")
    other = Uploading(uploading.world, user("admin"))
    for one, sent in ((other, upload), (uploading, "01900000-0000-7000-8000-000000000000")):
        status, body = one.call("POST", "/version", {"upload_uuid": sent})
        assert (status, body["error"]["message"]) == (404, "Upload not found")
    secret = "/v1/drives/db1/content/secret/version"
    assert uploading.world.call(EDITOR, "POST", secret, {"upload_uuid": upload})[0] == 404


def test_who_may_only_read_requests_no_upload(uploading: Uploading) -> None:
    viewer = Uploading(uploading.world, user("viewer"))
    assert viewer.call("GET", "/request-upload")[0] == 403
    upload = uploading.send(uploading.request(), b"one")
    assert viewer.call("POST", "/version", {"upload_uuid": upload})[0] == 403


def test_a_precondition_that_no_longer_holds_makes_nothing_visible(uploading: Uploading) -> None:
    upload = uploading.send(uploading.request(), b"one")
    status, _ = uploading.call("POST", "/version", {"upload_uuid": upload}, headers={"if-match": '"1"'})
    assert (status, uploading.numbers()) == (409, [])
    listed = uploading.world.account.s3.list_object_versions(Bucket=ASSETS).get("Versions", [])
    assert [row for row in listed if row["Key"].startswith("db1/public/")] == []


def test_with_plans_a_second_version_takes_one(plans: HttpWorld) -> None:
    editor = Uploading(plans)
    editor.make(b"one")
    upload = editor.send(editor.request(), b"second")
    status, body = editor.call("POST", "/version", {"upload_uuid": upload})
    assert (status, editor.numbers()) == (403, [1])
    assert "create" in body["error"]["message"]
    planned = Uploading(plans, lambda_client.user("editor", "editor", "Pro"))
    assert planned.version(upload)["size_bytes"] == 6
