"""A request under an `Idempotency-Key` is done once, whatever it does and however it ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3
import pytest
from assetversions.runtime import wiring
from assetversions.runtime.executions import Executions
from assetversions.storage.dynamodb.table import Table

from tests.support.aws import people
from tests.support.aws_faults import Calls
from tests.support.lambda_client import Answer, Client

ASSET = "/database/db1/assets/a1"
KEY = {"idempotency-key": "k"}
FACTS = {"databaseId": "db1", "assetName": "A", "description": "an asset"}
FILES = {"databaseId": "db1", "assetId": "a1", "uploadType": "assetFile"}
RULE = {
    "identifier": "r1",
    "name": "Readers",
    "description": "",
    "objectType": "asset",
    "criteriaAnd": [{"field": "tags", "operator": "contains", "value": "public"}],
    "groupPermissions": [{"groupId": "ops", "permission": "GET", "permissionType": "allow"}],
}
JOURNAL = ("ARCHIVED#", "LONG#", "CHANGES#", "CHANGING#", "CHANGED#")

admin = Client("admin", ("admin",))


class Once(NamedTuple):
    """One request; `writes` is the AWS call that does its work, the number `at` of them."""

    method: str
    path: str
    body: Any = None
    writes: str = "TransactWriteItems"
    at: int = 1
    background: bool = False


REQUESTS: dict[str, Once] = {
    "create_database": Once("POST", "/database", {"databaseId": "db2", "description": "another"}),
    "update_database": Once("PUT", "/database/db1", {"description": "another", "portableNames": True}),
    "create_asset": Once("POST", "/assets", FACTS),
    "update_asset": Once("PUT", ASSET, {"description": "what it is now"}),
    "archive_asset": Once("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": True}),
    "create_version": Once("POST", f"{ASSET}/createVersion", {"comment": "c"}),
    "create in background": Once("POST", f"{ASSET}/createVersion", {}, background=True),
    "update_version": Once("PUT", f"{ASSET}/assetversions/1", {"comment": "new"}),
    "publish_version": Once("POST", f"{ASSET}/assetversions/1/publish"),
    "archive_version": Once("POST", f"{ASSET}/assetversions/1/archive"),
    "clone_version": Once("POST", f"{ASSET}/assetversions/1/clone", {"comment": "c"}),
    "delete_version": Once("DELETE", f"{ASSET}/assetversions/1"),
    "revert_version": Once("POST", f"{ASSET}/revertAssetVersion/1", {"comment": "c"}, at=2),
    "activate_version": Once("POST", f"{ASSET}/assetversions/1/activate", at=2),
    "verify in background": Once("POST", f"{ASSET}/assetversions/1/verify", background=True),
    "archive a file": Once(
        "DELETE", f"{ASSET}/archiveFile", {"filePath": "/a.txt", "isPrefix": False}, "DeleteObjects"
    ),
    "archive a folder": Once(
        "DELETE", f"{ASSET}/archiveFile", {"filePath": "/in/", "isPrefix": True}, "DeleteObjects"
    ),
    "unarchive_file": Once("POST", f"{ASSET}/unarchiveFile", {"filePath": "/gone.txt"}, "CopyObject"),
    "revert_file": Once("POST", f"{ASSET}/revertFileVersion/{{first}}", {"filePath": "/a.txt"}, "CopyObject"),
    "start_upload": Once(
        "POST", "/uploads", FILES | {"files": [{"relativeKey": "/b.txt", "file_size": 1, "num_parts": 1}]}
    ),
    "subscribe": Once(
        "POST",
        "/subscriptions",
        {
            "eventName": "Asset Version Change",
            "entityName": "Asset",
            "entityId": "a1",
            "subscribers": ["admin"],
        },
    ),
    "put_rule": Once("POST", "/auth/constraints", RULE),
    "put_role": Once("POST", "/roles", {"roleName": "ops", "description": "on call"}),
    "put_membership": Once("POST", "/user-roles", {"userId": "bob", "roleName": ["editor"]}),
}


class World:
    """An asset whose files have changed since its versions 1 and 2, and a clock that we move."""

    def __init__(self, calls: Calls, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls, self.s3 = calls, s3
        self.late = timedelta()
        now: Callable[[], datetime] = wiring.now
        monkeypatch.setattr(wiring, "now", lambda: now() + self.late)
        monkeypatch.setattr(Executions, "start", lambda *_: None)
        admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
        admin("POST", "/assets", FACTS | {"assetId": "a1"})
        admin("POST", "/roles", {"roleName": "editor", "description": "works"})
        people().add("bob")
        self.first = self.put("a.txt", "first")
        # Not in the second of the delete marker: moto lists all delete markers last, S3 by what came when.
        earlier = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=9)
        with patch("moto.s3.models.utcnow", lambda: earlier):
            for path in ("in/b.txt", "in/c.txt", "gone.txt"):
                self.put(path, path)
        admin("POST", f"{ASSET}/createVersion", {})
        self.put("a.txt", "second")
        s3.delete_object(Bucket="assets", Key="db1/a1/gone.txt")
        assert admin("POST", f"{ASSET}/createVersion", {}).status == 200

    def put(self, path: str, text: str) -> str:
        put = self.s3.put_object(Bucket="assets", Key=f"db1/a1/{path}", Body=text.encode())
        return str(put["VersionId"])

    def send(self, once: Once, **headers: str) -> Answer:
        more = {"prefer": "respond-async"} if once.background else {}
        path = once.path.format(first=self.first)
        return admin(once.method, path, once.body, headers=KEY | more | headers)

    def state(self) -> tuple[list[Any], list[Any]]:
        """All object versions and markers, and all items but for receipts and journal."""
        listed = self.s3.list_object_versions(Bucket="assets")
        files = [
            (row["Key"], row["VersionId"])
            for kind in ("Versions", "DeleteMarkers")
            for row in listed.get(kind, [])
        ]
        rows = boto3.client("dynamodb").scan(TableName="table")["Items"]
        kept = [
            row
            for row in rows
            if not row["PK"]["S"].startswith("ONCE#") and not row["SK"]["S"].startswith(JOURNAL)
        ]
        return sorted(files), sorted(kept, key=str)


@pytest.fixture
def world(calls: Calls, s3: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(calls, s3, monkeypatch)


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_what_was_done_before_its_answer_was_lost_is_not_done_again(world: World, once: Once):
    world.calls.lose_reply(once.at, once.writes)
    assert world.send(once).status >= 500
    world.calls.clear()
    done = world.state()
    world.late = timedelta(minutes=2)
    second = world.send(once)
    assert second.status in {200, 201, 202}, second.body
    assert world.state() == done
    world.late = timedelta(hours=23)
    assert world.send(once) == second or once.path == "/uploads", "but for links"
    assert world.state() == done


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_what_failed_before_its_work_is_done_when_it_is_sent_again(world: World, once: Once):
    world.calls.fail(once.at, operation=once.writes)
    assert world.send(once).status >= 500
    world.calls.clear()
    world.late = timedelta(minutes=2)
    before = world.state()
    assert world.send(once).status in {200, 201, 202}
    assert world.state() != before


@pytest.mark.parametrize("once", REQUESTS.values(), ids=REQUESTS)
def test_the_same_request_again_is_answered_as_the_first_and_no_other_is(world: World, once: Once):
    first = world.send(once)
    done = world.state()
    again = world.send(once)
    if once.path != "/uploads":
        assert again == first
    other = admin(
        once.method, once.path.format(first=world.first), once.body, headers=KEY, query={"one": "more"}
    )
    assert (other.status, "Idempotency-Key" in other.body["message"]) == (422, True)
    assert world.state() == done


def test_the_links_of_an_upload_are_made_anew_and_its_id_stays(world: World):
    once = REQUESTS["start_upload"]
    first = world.send(once).body
    world.late = timedelta(hours=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assetversions.storage.s3.transfers.LINK_SECONDS", 60)
        again = world.send(once).body
    (one,), (two,) = first.pop("files"), again.pop("files")
    assert again == first
    assert one["uploadIdS3"] == two["uploadIdS3"]
    assert one["partUploadUrls"] != two["partUploadUrls"]


def test_an_api_token_is_made_once_and_told_once(world: World):
    once = Once("POST", "/api-tokens", {"name": "ci"})
    people().add("admin", "admin")
    first = world.send(once)
    done = world.state()
    again = world.send(once)
    assert (first.status, again.status) == (200, 409)
    assert first.body["tokenId"] in again.body["message"]
    assert world.state() == done


def test_what_the_answer_told_then_it_tells_again(world: World):
    """Although the version has another comment and the asset another revision by now."""
    once = REQUESTS["create_version"]
    first = world.send(once)
    admin("PUT", f"{ASSET}/assetversions/3", {"comment": "edited", "versionAlias": "gold"})
    assert world.send(once) == first


def test_the_files_that_were_skipped_are_told_again_with_their_reasons(world: World):
    once = REQUESTS["revert_version"]
    boto3.client("s3").delete_object(Bucket="assets", Key="db1/a1/a.txt", VersionId=world.first)
    once = once._replace(body=once.body | {"skipMissing": True})
    first = world.send(once)
    assert first.body["skippedReasons"] == {"a.txt": "gone for good"}
    assert world.send(once).body == first.body


def test_a_day_later_the_key_is_free_although_the_table_still_has_it(world: World):
    once = REQUESTS["create_version"]
    first = world.send(once)
    world.late = timedelta(hours=24, seconds=1)
    assert world.send(once).body["assetVersionId"] != first.body["assetVersionId"]


def test_a_receipt_that_is_too_large_to_keep_still_keeps_the_work_from_being_done_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assetversions.storage.dynamodb.receipts.MAX_BYTES", 10)
    once = REQUESTS["create_version"]
    assert world.send(once).status == 200
    done, again = world.state(), world.send(once)
    assert (again.status, "done this already" in again.body["message"]) == (409, True)
    assert world.state() == done


@pytest.mark.parametrize(
    "name", ["create_asset", "create_version", "put_role", "subscribe", "archive a file"]
)
def test_of_two_at_once_one_does_the_work(world: World, name: str, monkeypatch: pytest.MonkeyPatch):
    """The second comes between the first one's reading and its writing."""
    once, others = REQUESTS[name], list[tuple[Answer, Any]]()
    transact, write = Table.transact, Table.write

    def meets(real: Callable[..., None]) -> Callable[..., None]:
        def first_the_other(*given: Any) -> None:
            monkeypatch.setattr(Table, "transact", transact)
            monkeypatch.setattr(Table, "write", write)
            others.append((world.send(once), world.state()))
            real(*given)

        return first_the_other

    monkeypatch.setattr(Table, "transact", meets(transact))
    monkeypatch.setattr(Table, "write", meets(write))
    slow = world.send(once)
    ((fast, done),) = others
    assert fast.status == 200
    assert (slow, world.state()) == (fast, done)


def test_a_file_written_between_a_broken_archive_and_its_repetition_stays(world: World):
    """In seconds of their own: moto's listing does not tell how delete markers stand among others."""
    once, now = REQUESTS["archive a file"], datetime.now(UTC).replace(tzinfo=None)
    world.calls.lose_reply(1, "DeleteObjects")
    with patch("moto.s3.models.utcnow", lambda: now + timedelta(seconds=2)):
        assert world.send(once).status >= 500
    world.calls.clear()
    with patch("moto.s3.models.utcnow", lambda: now + timedelta(seconds=4)):
        world.put("a.txt", "third")
    world.late = timedelta(minutes=2)
    done = world.state()
    assert world.send(once).status == 200
    assert world.state() == done


def test_while_the_first_may_be_at_work_on_a_file_the_second_waits(world: World):
    once = REQUESTS["archive a file"]
    world.calls.fail(1, operation="DeleteObjects")
    world.send(once)
    world.calls.clear()
    answer = world.send(once)
    assert (answer.status, "at work" in answer.body["message"]) == (409, True)


@pytest.mark.parametrize("headers", [{}, KEY], ids=["without a key", "with a key"])
@pytest.mark.parametrize("depth", [63, 900, 100_000])
def test_a_body_that_is_too_deep_is_refused(world: World, depth: int, headers: dict[str, str]):
    body = '{"more": ' + "[" * depth + "]" * depth + "}"
    answer = admin("POST", f"{ASSET}/createVersion", raw=body, headers=headers)
    assert answer.status == (200 if depth == 63 else 400)
    if depth > 63:
        assert answer.body["message"].startswith("body: has more than 64")
