"""A new user who does the wrong thing at every stage is told each time what to do instead."""

from typing import Any

import pytest

from tests.integration.storage.keyed import ASSET, World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls

DATABASE = {"databaseId": "cars", "description": "for tests"}
NEW = {"databaseId": "db1", "assetName": "Lamp", "description": "a lamp"}
UPLOAD = {"databaseId": "db1", "assetId": "a1", "uploadType": "assetFile"}
DOWNLOAD = {"downloadType": "assetFile", "key": "a.txt"}
NOBODY = "/uploads/01900000-0000-7000-8000-000000000000"

# (what is sent, the status, what is wrong, what to do)
WALK: list[tuple[str, str, Any, int, str, str]] = [
    ("POST", "/database", DATABASE | {"databaseId": "my cars"}, 400, "databaseId", "letters, digits"),
    ("POST", "/database", DATABASE | {"description": "no"}, 400, "description", "at least 4"),
    ("POST", "/database", DATABASE | {"defaultBucketId": "mine"}, 400, "defaultBucketId", "GET /buckets"),
    ("GET", "/database/nowhere", None, 404, "nowhere", "GET /database lists"),
    ("PUT", "/database/db1", {}, 400, "give at least one", "description"),
    ("POST", "/assets", NEW | {"databaseId": "nowhere"}, 404, "nowhere", "POST /database makes one"),
    ("POST", "/assets", {"databaseId": "db1"}, 400, "assetName", "required"),
    ("POST", "/assets", NEW | {"bucketExistingKey": "old/"}, 400, "bucketExistingKey", "/database/db1/adopt"),
    ("GET", "/database/db1/assets/lamp", None, 404, "lamp", "/database/{databaseId}/assets lists"),
    ("POST", "/uploads", UPLOAD | {"files": []}, 400, "files", "at least one"),
    ("POST", "/uploads", UPLOAD | {"files": [{"relativeKey": "a.txt"}]}, 400, "files.0", "file_size"),
    ("POST", "/uploads", UPLOAD | {"uploadType": "assetPreview"}, 400, "uploadType", "'assetFile'"),
    ("POST", f"{NOBODY}/abort", UPLOAD, 404, "upload", "POST /uploads begins"),
    ("GET", f"{ASSET}/fileInfo", None, 400, "filePath", "required"),
    ("POST", f"{ASSET}/unarchiveFile", {"filePath": "lamp.txt"}, 404, "lamp.txt", "listFiles lists"),
    ("POST", f"{ASSET}/download", DOWNLOAD, 403, "not distributable", "isDistributable"),
    ("POST", f"{ASSET}/createVersion", {"useLatestFiles": False}, 400, "files", "at least one file"),
    ("POST", f"{ASSET}/createVersion", {"versionAlias": "v-1"}, 400, "versionAlias", "choose another"),
    ("PUT", f"{ASSET}/assetversions/2", {"versionAlias": "gold"}, 409, "gold", "move it"),
    ("PUT", f"{ASSET}/assetversions/2", {}, 400, "versionAlias", "give versionAlias"),
    ("GET", f"{ASSET}/getVersion/2025", None, 400, "2025", "getVersions lists"),
    ("POST", f"{ASSET}/revertAssetVersion/9", None, 400, "'9'", "getVersions lists"),
    ("POST", f"{ASSET}/assetversions/2/archive", None, 400, "current version", "make another one current"),
    ("PUT", f"{ASSET}/assetversions/1", {"comment": "x"}, 409, "read-only", "unarchive it"),
    ("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": False}, 400, "confirmArchive", "must be true"),
    ("DELETE", "/database/db1/assets/old/archiveAsset", None, 409, "archived already", "unarchive it"),
    ("DELETE", f"{ASSET}/deleteAsset", {}, 400, "confirmPermanentDelete", "required"),
    ("PUT", "/database/db1/assets/old", {"assetName": "x"}, 409, "read-only", "unarchive it"),
]


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    """Version 1 has an alias and is archived; the asset `old` is archived, too."""
    made = World(calls, account, monkeypatch)
    for method, path, body in (
        ("PUT", f"{ASSET}/assetversions/1", {"versionAlias": "gold"}),
        ("POST", f"{ASSET}/assetversions/1/archive", {}),
        ("POST", "/assets", NEW | {"assetId": "old"}),
        ("DELETE", "/database/db1/assets/old/archiveAsset", {}),
    ):
        assert admin(method, path, body).status == 200
    return made


def test_every_refusal_says_what_is_wrong_and_what_to_do(world: World) -> None:
    for method, path, body, status, wrong, todo in WALK:
        answer = admin(method, path, body)
        said = answer.body["message"]
        assert (answer.status, wrong in said, todo in said) == (status, True, True), (method, path, answer)
