"""Bad input is answered with a 4xx that names the problem, and changes nothing."""

from typing import Any

import pytest

from local.system import System
from tests.system.client import Asset, Body, api, new_asset

NO_SUCH_ID = "v-aaaaaaaaaaaaqaaaaaaaaaaaaa"
WRITES = (
    ("PUT", "assetversions/{}", {"comment": "x"}),
    ("POST", "assetversions/{}/archive", None),
    ("POST", "assetversions/{}/unarchive", None),
    ("POST", "revertAssetVersion/{}", None),
)


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    """Two versions; shared by all cases, since none of them may change it."""
    made = new_asset(system, {"a.txt": b"one", "b.txt": b"two"})
    for _ in range(2):
        assert made.create().status_code == 200
    return made


@pytest.fixture(autouse=True)
def unchanged(asset: Asset) -> Any:
    """Whatever a test of this module sends, the asset stays as it was."""
    before = _state(asset)
    yield
    assert _state(asset) == before


def _state(asset: Asset) -> tuple[object, ...]:
    return asset.etag(), asset.list(showArchived="true").json(), asset.working()


def _refused(reply: Any, status: int, names: str) -> None:
    assert reply.status_code == status, reply.text[:500]
    assert names in reply.json()["message"]


# unknown and malformed names


@pytest.mark.parametrize(
    ("path", "status", "names"),
    [
        ("/database/no-such-db/assets/a", 404, "database 'no-such-db'"),
        ("/database/no-such-db", 404, "database 'no-such-db'"),
        ("/database/no-such-db/assets", 404, "database 'no-such-db'"),
        ("/database/{}/assets/nobody", 404, "asset 'nobody'"),
        ("/database/{}/assets/nobody/getVersions", 404, "asset 'nobody'"),
        ("/database/xy/assets/a", 400, "databaseId"),
        ("/database/global/assets/a", 400, "databaseId"),
        ("/database/not%20one/assets/a", 400, "databaseId"),
        ("/database/" + "d" * 64 + "/assets/a", 400, "databaseId"),
        ("/database/{}/assets/a%3Cb", 400, "assetId"),
        ("/database/{}/assets/a%5Cb", 400, "assetId"),
        ("/database/{}/assets/ends.", 400, "assetId"),
        ("/database/{}/assets/%20begins", 400, "assetId"),
        ("/database/{}/assets/a%00b", 400, "assetId"),
        ("/database/{}/assets/" + "a" * 257, 400, "assetId"),
    ],
)
def test_an_unknown_or_malformed_place(asset: Asset, path: str, status: int, names: str) -> None:
    _refused(asset.api.call("GET", path.format(asset.database_id)), status, names)


@pytest.mark.parametrize(
    "ref", ["3", "4294967296", "nobody", NO_SUCH_ID, "v-abc", "v-" + "1" * 26, "00", "007"]
)
def test_an_unknown_or_malformed_version(asset: Asset, ref: str) -> None:
    _refused(asset.get(ref), 400, "No version")
    for method, action, body in WRITES:
        _refused(asset.call(method, action, ref, json=body), 400, "No version")


@pytest.mark.parametrize("ref", ["x" * 65, "working", "a\\b"])
def test_a_version_that_no_alias_can_name(asset: Asset, ref: str) -> None:
    _refused(asset.get(ref), 400, "assetVersionId")


def test_a_version_of_another_asset(system: System, asset: Asset) -> None:
    other = new_asset(system)
    foreign = other.create().json()["message"]["assetVersionId"]
    _refused(asset.get(foreign), 400, "No version")
    _refused(asset.revert(foreign), 400, "No version")


# names that are too long in bytes, for a key of the table or of S3

EMOJI, LONG = "😀" * 256, "u" * 5_000


@pytest.mark.parametrize(
    ("method", "path", "body", "names"),
    [
        ("POST", "/database", {"databaseId": EMOJI, "description": "long"}, "databaseId"),
        ("POST", "/assets", {"assetId": EMOJI, "assetName": "x", "description": "long"}, "assetId"),
        ("POST", "/uploads", {"files": [{"relativeKey": EMOJI, "file_size": 0}]}, "relativeKey"),
        ("POST", "/roles", {"roleName": EMOJI, "description": "x"}, "roleName"),
        ("POST", "/user-roles", {"userId": EMOJI, "roleName": ["viewer"]}, "userId"),
        ("DELETE", "/user-roles", {"userId": LONG}, "userId"),
        ("DELETE", "/user-roles", {"userId": ""}, "userId"),
        (
            "POST",
            "/auth/constraints",
            {"identifier": EMOJI, "objectType": "api", "groupPermissions": []},
            "identifier",
        ),
        ("GET", "/database/some/assets/" + LONG, None, "assetId"),
    ],
)
def test_a_name_that_no_key_can_hold(
    system: System, asset: Asset, method: str, path: str, body: Body | None, names: str
) -> None:
    place = {"databaseId": asset.database_id, "assetId": asset.asset_id, "uploadType": "assetFile"}
    sent = {"json": place | body} if body else {}
    _refused(api(system, "admin").call(method, path, **sent), 400, names)


# bodies


@pytest.mark.parametrize(
    "content",
    [b"{", b"not json", b"\xff\xfe", b'{"comment": NaN}', b'{"comment": "\\ud800"}', b"[" * 100_000],
)
def test_a_body_that_is_not_json(asset: Asset, content: bytes) -> None:
    json = {"Content-Type": "application/json"}
    for method, action, body in (("POST", "createVersion", {}), *WRITES):
        if body is not None:
            _refused(asset.call(method, action, 1, content=content, headers=json), 400, "body")


@pytest.mark.parametrize("body", [[], "text", 7, None, True])
def test_a_body_that_is_not_an_object(asset: Asset, body: object) -> None:
    content = {None: b"null"}.get(body) if body is None else None
    sent = {"content": content} if content else {"json": body}
    _refused(asset.call("POST", "createVersion", **sent), 400, "body")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"comment": 5}, "comment"),
        ({"comment": ["x"]}, "comment"),
        ({"comment": "x" * 1025}, "comment"),
        ({"description": {}}, "description"),
        ({"versionAlias": "x" * 65}, "versionAlias"),
        ({"versionAlias": "v-abc"}, "versionAlias"),
        ({"versionAlias": NO_SUCH_ID}, "versionAlias"),
        ({"versionAlias": NO_SUCH_ID.upper()}, "versionAlias"),
        ({"versionAlias": "latest"}, "versionAlias"),
        ({"versionAlias": "x\ny"}, "versionAlias"),
        ({"useLatestFiles": "yes"}, "useLatestFiles"),
        ({"useLatestFiles": False}, "files"),
        ({"useLatestFiles": False, "files": []}, "files"),
        ({"files": "a.txt"}, "files"),
        ({"files": ["a.txt"]}, "files"),
        ({"files": [{"relativeKey": "a.txt"}]}, "versionId"),
        ({"files": [{"versionId": "x"}]}, "relativeKey"),
        ({"files": [{"relativeKey": 1, "versionId": "x"}]}, "relativeKey"),
        ({"files": [{"relativeKey": "a.txt", "versionId": ""}]}, "versionId"),
    ],
)
def test_a_create_with_a_wrong_field(asset: Asset, body: Body, names: str) -> None:
    _refused(asset.call("POST", "createVersion", json=body), 400, names)


@pytest.mark.parametrize(
    "key",
    [
        *("", "/", "../a.txt", "x/../../a.txt", "/../a.txt", "./a.txt", "x//a.txt", "x\\..\\a.txt"),
        *("//a.txt", "C:/a.txt", "s3://bucket/a.txt", "\\\\host\\a.txt", "a\x00.txt", "a" * 1025),
    ],
)
def test_a_path_that_is_empty_absolute_or_climbs_out(asset: Asset, key: str) -> None:
    pin = {"relativeKey": key, "versionId": asset.pins(1)["a.txt"]}
    _refused(asset.create({"files": [pin]}), 400, "relativeKey")


def test_a_path_that_is_named_twice(asset: Asset) -> None:
    pin = asset.pins(1)["a.txt"]
    for again in ("a.txt", "/a.txt"):
        files = [{"relativeKey": key, "versionId": pin} for key in ("a.txt", again)]
        _refused(asset.create({"files": files}), 400, "a.txt")


@pytest.mark.parametrize(
    "object_version", ["no-such-version", "null", "00000000-0000-0000-0000-000000000000"]
)
def test_an_object_version_that_does_not_exist(asset: Asset, object_version: str) -> None:
    good = {"relativeKey": "b.txt", "versionId": asset.pins(1)["b.txt"]}
    bad = {"relativeKey": "a.txt", "versionId": object_version}
    _refused(asset.create({"files": [good, bad]}), 400, "a.txt")


def test_the_id_of_a_delete_marker_is_no_object_version(system: System) -> None:
    asset = new_asset(system)
    text = asset.put("a.txt", b"text")
    asset.delete("a.txt")
    (marker,) = set(asset.object_versions("a.txt")) - {text}
    _refused(asset.create({"files": [{"relativeKey": "a.txt", "versionId": marker}]}), 400, "a.txt")
    download = {"downloadType": "assetFile", "key": "a.txt", "versionId": marker}
    assert asset.call("POST", "download", json=download).status_code == 404
    assert asset.call("POST", f"revertFileVersion/{marker}", json={"filePath": "a.txt"}).status_code == 404


def test_an_object_version_of_another_file(asset: Asset) -> None:
    _refused(
        asset.create({"files": [{"relativeKey": "b.txt", "versionId": asset.pins(1)["a.txt"]}]}), 400, "b.txt"
    )


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, "versionAlias"),
        ({"comment": None}, "versionAlias"),
        ({"comment": 5}, "comment"),
        ({"comment": "x" * 1025}, "comment"),
        ({"versionAlias": "x" * 65}, "versionAlias"),
        ({"versionAlias": "v-abc"}, "versionAlias"),
        ({"versionAliases": "prod"}, "versionAliases"),
        ({"versionAliases": ["prod", "v-abc"]}, "versionAliases.1"),
        ({"versionAliases": ["prod"], "versionAlias": "gold"}, "versionAlias"),
        ({"moveAlias": True, "comment": "x"}, "moveAlias"),
    ],
)
def test_an_update_with_a_wrong_field(asset: Asset, body: Body, names: str) -> None:
    _refused(asset.update(1, body), 400, names)


def test_a_revert_with_a_wrong_field(asset: Asset) -> None:
    _refused(asset.revert(1, {"comment": 5}), 400, "comment")
    _refused(asset.revert(1, {"revertMetadata": "yes"}), 400, "revertMetadata")


@pytest.mark.parametrize("megabytes", [6, 10, 11])
def test_a_body_that_is_too_large(asset: Asset, megabytes: int) -> None:
    """10 MB is the most that the HTTP API takes, and 6 MB the most that a function takes."""
    body = b'{"comment": "' + b"x" * (megabytes * 1_000_000) + b'"}'
    reply = asset.call("POST", "createVersion", content=body)
    assert reply.status_code == 413
    assert reply.json()["message"]
