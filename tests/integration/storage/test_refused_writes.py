"""A refused request changes nothing: no file, no marker, no item but the note of the refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.dialects.posta import ids
from assetversions.domain.model import AssetRef
from assetversions.runtime import stores
from assetversions.runtime.executions import Executions
from assetversions.storage.dynamodb.records import DynamoRecords

from tests.simulation.aws import Account
from tests.support.lambda_client import Answer, Client

ASSET = "/database/db1/assets/a1"
FACTS = {"databaseId": "db1", "assetName": "A", "description": "an asset"}
TEXT = {"source": "inline", "type": "text/plain", "content": "another text"}
METADATA = [{"metadataKey": "color", "metadataValue": "red", "metadataValueType": "string"}]

admin = Client("admin", ("admin",))


class World:
    """An asset with two versions, and a draft that is open for editing."""

    def __init__(self, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
        self.account, self.s3 = account, account.s3
        monkeypatch.setattr(Executions, "start", lambda *_: None)
        self.ok("POST", "/database", {"databaseId": "db1", "description": "a database"})
        self.ok("POST", "/assets", FACTS | {"assetId": "a1"})
        self.uid = ids.spell_asset(_uid())
        self.first = self.put("a.txt", "first")
        for path in ("in/b.txt", "gone.txt"):
            self.put(path, path)
        self.ok("POST", f"{ASSET}/createVersion", {"versionAlias": "gold"})
        self.put("a.txt", "second")
        self.s3.delete_object(Bucket="assets", Key="db1/a1/gone.txt")
        self.ok("POST", f"{ASSET}/createVersion", {})
        draft = self.ok("POST", f"/assets/{self.uid}/versions", {"content": TEXT | {"content": "text"}})
        self.draft = f"/assets/{self.uid}/versions/{draft.body['id']}"

    def put(self, path: str, text: str) -> str:
        put = self.s3.put_object(Bucket="assets", Key=f"db1/a1/{path}", Body=text.encode())
        return str(put["VersionId"])

    def ok(self, *request: Any, **how: Any) -> Answer:
        answer = admin(*request, **how)
        assert answer.status < 300, answer
        return answer

    def requests(self) -> dict[str, tuple[str, str, Any]]:
        """Everything that writes into the bucket, or sets a job to it."""
        posta = f"/assets/{self.uid}/versions"
        upload = {"databaseId": "db1", "assetId": "a1", "uploadType": "assetFile"}
        return {
            "a new content": ("POST", posta, {"content": TEXT}),
            "another content": ("PUT", self.draft, {"content": TEXT}),
            "a version": ("POST", f"{ASSET}/createVersion", {"versionAlias": "silver"}),
            "a revert": ("POST", f"{ASSET}/revertAssetVersion/1", {}),
            "an activation": ("POST", f"{ASSET}/assetversions/1/activate", {}),
            "metadata": ("PUT", ASSET, {"metadata": METADATA}),
            "an upload": (
                "POST",
                "/uploads",
                upload | {"files": [{"relativeKey": "/b.txt", "file_size": 1, "num_parts": 1}]},
            ),
            "an archived file": ("DELETE", f"{ASSET}/archiveFile", {"filePath": "/a.txt"}),
            "an archived folder": (
                "DELETE",
                f"{ASSET}/archiveFile",
                {"filePath": "/in/", "isPrefix": True},
            ),
            "a file back": ("POST", f"{ASSET}/unarchiveFile", {"filePath": "/gone.txt"}),
            "an old file": ("POST", f"{ASSET}/revertFileVersion/{self.first}", {"filePath": "/a.txt"}),
        }

    def bucket(self) -> list[tuple[str, str]]:
        listed = self.s3.list_object_versions(Bucket="assets")
        kinds = ("Versions", "DeleteMarkers")
        return sorted((row["Key"], row["VersionId"]) for kind in kinds for row in listed.get(kind, []))

    def state(self) -> tuple[Any, ...]:
        rows = self.account.dynamo.items
        kept = [row for (partition, _), row in rows.items() if partition != "POLICY#EVENTS"]
        manifests = self.s3.list_objects_v2(Bucket="manifests").get("Contents", [])
        uploads = len(self.account.assets.uploads)
        return self.bucket(), sorted(kept, key=str), uploads, [row["Key"] for row in manifests]


def _uid() -> int:
    asset = stores.records().asset(AssetRef("db1", "a1"))
    assert asset is not None
    return asset.uid


@pytest.fixture
def world(account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(account, monkeypatch)


NAMES = [
    "a new content",
    "another content",
    "a version",
    "a revert",
    "an activation",
    "metadata",
    "an upload",
    "an archived file",
    "an archived folder",
    "a file back",
    "an old file",
]
CONDITIONAL = ["another content", "a version", "a revert", "an activation", "metadata"]


@pytest.mark.parametrize("wish", ["", "respond-async"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_of_an_archived_asset_changes_nothing(world: World, name: str, wish: str):
    world.ok("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": True})
    before = world.state()
    answer = admin(*world.requests()[name], headers={"prefer": wish})
    assert 400 <= answer.status < 500, answer
    assert world.state() == before


@pytest.mark.parametrize("wish", ["", "respond-async"])
@pytest.mark.parametrize("name", CONDITIONAL)
def test_what_is_built_on_an_old_revision_changes_nothing(world: World, name: str, wish: str):
    before = world.state()
    answer = admin(*world.requests()[name], headers={"prefer": wish, "if-match": '"1"'})
    assert 400 <= answer.status < 500, answer
    assert world.state() == before


@pytest.mark.parametrize("wish", ["", "respond-async"])
def test_a_version_whose_alias_is_taken_is_refused_at_once(world: World, wish: str):
    before = world.state()
    answer = admin("POST", f"{ASSET}/createVersion", {"versionAlias": "gold"}, headers={"prefer": wish})
    assert (answer.status, "gold" in answer.body["message"]) == (409, True)
    assert world.state() == before


@pytest.mark.parametrize("wish", ["", "respond-async"])
@pytest.mark.parametrize("verb", ["revertAssetVersion/9", "assetversions/9/activate"])
def test_no_job_is_accepted_for_a_version_that_is_not_there(world: World, verb: str, wish: str):
    before = world.state()
    answer = admin("POST", f"{ASSET}/{verb}", headers={"prefer": wish})
    assert 400 <= answer.status < 500
    assert world.state() == before


def test_an_upload_with_more_links_than_a_reply_can_hold_is_not_begun(world: World):
    """They come packed to who can unpack them."""
    file = {"relativeKey": "/" + "ü" * 300, "num_parts": 5_000}
    start = (
        "POST",
        "/uploads",
        {"databaseId": "db1", "assetId": "a1", "uploadType": "assetFile", "files": [file]},
    )
    before = world.state()
    answer = admin(*start)
    assert (answer.status, "gzip" in answer.body["message"]) == (413, True)
    assert world.state() == before


@pytest.mark.parametrize(
    "facts", [{"databaseId": "db9"}, {"databaseId": "db1"}], ids=["no database", "taken"]
)
def test_the_metadata_of_an_asset_that_is_not_made_leave_nothing(world: World, facts: dict[str, str]):
    before = world.state()
    answer = admin("POST", "/assets", FACTS | {"assetId": "a1", "metadata": METADATA} | facts)
    assert 400 <= answer.status < 500
    assert world.state() == before


@pytest.mark.parametrize("name", ["a new content", "another content"])
def test_a_text_that_loses_a_race_leaves_the_newest_as_it_was(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
):
    """The asset is archived between the check and the commit."""
    commit: Callable[..., None] = DynamoRecords.commit

    def archived_first(*given: Any) -> None:
        monkeypatch.setattr(DynamoRecords, "commit", commit)
        world.ok("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": True})
        commit(*given)

    def newest() -> dict[str, str]:
        rows = world.s3.list_objects_v2(Bucket="assets")["Contents"]
        return {row["Key"]: row["ETag"] for row in rows}

    request, before = world.requests()[name], newest()
    monkeypatch.setattr(DynamoRecords, "commit", archived_first)
    assert admin(*request).status == 409
    assert newest() == before
