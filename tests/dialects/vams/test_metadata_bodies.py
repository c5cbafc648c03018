"""Metadata in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes import ROUTES
from assetversions.dialects.vams.routes_beside import ROUTES as BESIDE
from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.links import DeleteLinkMetadata, GetLink, PutLinkMetadata
from assetversions.domain.commands.metadata import (
    DeleteAssetMetadata,
    DeleteDatabaseMetadata,
    GetAssetMetadata,
    GetDatabaseMetadata,
    OfFile,
    PutAssetMetadata,
    PutDatabaseMetadata,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.results.metadata import MetadataChanged, MetadataOf
from msgspec.structs import replace

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in (*ROUTES, *BESIDE)}
_ASSET = "/database/{databaseId}/assets/{assetId}"
_DATABASE = "/database/{databaseId}"
_FILE = f"{_ASSET}/metadata/file"
_LINK = "/asset-links/{assetLinkId}/metadata"
PATH = {"databaseId": "my-database", "assetId": "my-asset", "assetLinkId": "0f6e"}

REF = AssetRef("my-database", "my-asset")
BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
HEAD = Asset(
    REF, 0x123456789ABCDEF012345, "Größe", "an asset", "glb", (), True, BORN, "ann", BORN, rev=7
)  # fmt: skip
METADATA = (Metadatum("maker", "Mara", ValueType.STRING), Metadatum("mass", "1.5", ValueType.NUMBER))
LINK = AssetLink("0f6e", LinkKind.RELATED, REF, REF, "", (), BORN, "ann", 7, METADATA)
CHANGED = MetadataChanged(("maker", "mass"), BORN, rev=7)
HALF = MetadataChanged(("maker",), BORN, {"weight": "There is no such key."}, rev=7)

RESULTS: dict[str, tuple[str, Any]] = {
    "get_asset_metadata": (f"GET {_ASSET}/metadata", MetadataOf("my-database", METADATA, HEAD)),
    "post_asset_metadata": (f"POST {_ASSET}/metadata", CHANGED),
    "put_asset_metadata": (f"PUT {_ASSET}/metadata", CHANGED),
    "delete_asset_metadata": (f"DELETE {_ASSET}/metadata", HALF),
    "get_database_metadata": (f"GET {_DATABASE}/metadata", MetadataOf("my-database", METADATA)),
    "post_database_metadata": (f"POST {_DATABASE}/metadata", replace(CHANGED, rev=None)),
    "put_database_metadata": (f"PUT {_DATABASE}/metadata", replace(CHANGED, rev=None)),
    "delete_database_metadata": (f"DELETE {_DATABASE}/metadata", replace(HALF, rev=None)),
    "get_file_metadata": (f"GET {_FILE}", MetadataOf("my-database", METADATA, HEAD, "dir/größe.glb")),
    "post_file_metadata": (f"POST {_FILE}", CHANGED),
    "put_file_metadata": (f"PUT {_FILE}", CHANGED),
    "delete_file_metadata": (f"DELETE {_FILE}", HALF),
    "get_link_metadata": (f"GET {_LINK}", LINK),
    "post_link_metadata": (f"POST {_LINK}", replace(CHANGED, rev=None)),
    "put_link_metadata": (f"PUT {_LINK}", replace(CHANGED, rev=None)),
    "delete_link_metadata": (f"DELETE {_LINK}", replace(HALF, rev=None)),
}
ROW = {"metadataKey": "mass", "metadataValue": "1.5", "metadataValueType": "NUMBER"}


def command(key: str, body: Any = None, **query: str) -> Any:
    headers = {} if key.startswith("GET ") or "{assetId}" not in key else {"if-match": '"7"'}
    return ROUTE[key].command(Request(PATH, query, headers, "" if body is None else json.dumps(body)))


@pytest.mark.parametrize("name", RESULTS)
def test_a_reply_about_metadata_is_exactly_the_golden_one(name: str):
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    body = json.loads(json.dumps(reply.body))
    assert (reply.status, body) == (200, golden(GOLDEN, name, body))
    assert reply.headers == ({"ETag": '"7"'} if "{assetId}" in key else {})
    assert "error" not in body["message"].lower(), "VAMS's web app takes that for a failure"


def test_what_changes_nothing_at_all_is_no_success():
    body = (
        ROUTE[f"DELETE {_ASSET}/metadata"]
        .encode(MetadataChanged((), BORN, {"a": "There is no such key."}))
        .body
    )
    assert (body["success"], body["successCount"], body["failureCount"]) == (False, 0, 1)


def test_metadata_are_asked_for_as_they_are_or_as_a_version_has_them():
    key = f"GET {_ASSET}/metadata"
    assert command(key, pageSize="3000") == GetAssetMetadata(REF)
    assert command(key, assetVersionId="3") == GetAssetMetadata(REF, VersionRef(number=3))


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_metadata_are_put_beside_others_or_instead_of_them(method: str):
    key, entry = f"{method} {_ASSET}/metadata", Metadatum("mass", "1.5", ValueType.NUMBER)
    assert command(key, {"metadata": [ROW]}) == PutAssetMetadata(REF, (entry,), False, 7)
    for mode, whole in (("update", False), ("REPLACE_ALL", True)):
        found = command(key, {"metadata": [ROW], "updateType": mode})
        assert found == PutAssetMetadata(REF, (entry,), whole, 7)


def test_metadata_are_deleted_by_their_keys_each_once():
    key = f"DELETE {_ASSET}/metadata"
    assert command(key, {"metadataKeys": ["b", "a", "b"]}) == DeleteAssetMetadata(REF, ("b", "a"), 7)


def test_metadata_of_a_database_are_asked_for_and_changed_alike():
    key, entry = f"{_DATABASE}/metadata", Metadatum("mass", "1.5", ValueType.NUMBER)
    assert command(f"GET {key}") == GetDatabaseMetadata("my-database")
    for method in ("POST", "PUT"):
        for mode, all_of_it in (("update", False), ("replace_all", True)):
            put = command(f"{method} {key}", {"metadata": [ROW], "updateType": mode})
            assert put == PutDatabaseMetadata("my-database", (entry,), all_of_it)
    deleted = command(f"DELETE {key}", {"metadataKeys": ["b", "a", "b"]})
    assert deleted == DeleteDatabaseMetadata("my-database", ("b", "a"))


def test_metadata_of_a_link_are_asked_for_and_changed_alike():
    entry = Metadatum("mass", "1.5", ValueType.NUMBER)
    assert command(f"GET {_LINK}") == GetLink("0f6e")
    for method in ("POST", "PUT"):
        for mode, all_of_it in (("update", False), ("replace_all", True)):
            put = command(f"{method} {_LINK}", {"metadata": [ROW], "updateType": mode})
            assert put == PutLinkMetadata("0f6e", (entry,), all_of_it)
    deleted = command(f"DELETE {_LINK}", {"metadataKeys": ["b", "a", "b"]})
    assert deleted == DeleteLinkMetadata("0f6e", ("b", "a"))


@pytest.mark.parametrize("spelled", ["dir/a.glb", "/dir/a.glb", "/my-asset/dir/a.glb"])
@pytest.mark.parametrize("kind", FileKind)
def test_what_is_said_of_a_file_is_asked_for_and_changed_by_its_path(spelled: str, kind: FileKind):
    of, entry = {"filePath": spelled, "type": str(kind).upper()}, Metadatum("a", "b", ValueType.STRING)
    file = OfFile("dir/a.glb", kind)
    assert command(f"GET {_FILE}", **of) == GetAssetMetadata(REF, None, file)
    assert command(f"GET {_FILE}", **of, assetVersionId="3").version == VersionRef(number=3)
    rows = [{"metadataKey": "a", "metadataValue": "b"}]
    for method in ("POST", "PUT"):
        put = command(f"{method} {_FILE}", of | {"metadata": rows})
        assert put == PutAssetMetadata(REF, (entry,), False, 7, file)
    deleted = command(f"DELETE {_FILE}", of | {"metadataKeys": ["a"]})
    assert deleted == DeleteAssetMetadata(REF, ("a",), 7, file)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"filePath": None}, "filePath"),
        ({"filePath": ""}, "filePath"),
        ({"filePath": "/"}, "filePath"),
        ({"filePath": "../a"}, "filePath"),
        ({"filePath": "dir/"}, "filePath"),
        ({"type": None}, "type"),
        ({"type": "tag"}, "type"),
    ],
)
def test_a_file_whose_metadata_are_meant_is_named_whole(method: str, wrong: Any, field: str):
    given = {"filePath": "a.glb", "type": "metadata"} | wrong
    named = {name: value for name, value in given.items() if value is not None}
    body = named | {"metadata": [ROW], "metadataKeys": ["a"]}
    with pytest.raises(Invalid) as refused:
        command(f"{method} {_FILE}", **named) if method == "GET" else command(f"{method} {_FILE}", body)
    assert refused.value.field == field


def test_attributes_are_plain_texts():
    of = {"filePath": "a.glb", "type": "attribute"}
    with pytest.raises(Invalid) as refused:
        command(f"PUT {_FILE}", of | {"metadata": [{"metadataKey": "a", "metadataValue": "1"}, ROW]})
    assert refused.value.field == "metadata.1.metadataValueType"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "metadata"),
        ({"metadata": []}, "metadata"),
        ({"metadata": [ROW] * 501}, "metadata"),
        ({"metadata": [ROW, ROW]}, "metadata.1.metadataKey"),
        ({"metadata": [ROW | {"metadataKey": ""}]}, "metadata.0.metadataKey"),
        ({"metadata": [ROW | {"metadataKey": "k" * 257}]}, "metadata.0.metadataKey"),
        ({"metadata": [ROW | {"metadataValue": "heavy"}]}, "metadata.0.metadataValue"),
        ({"metadata": [ROW | {"metadataValue": 1.5}]}, "metadata.0.metadataValue"),
        ({"metadata": [ROW | {"metadataValueType": "weight"}]}, "metadata.0.metadataValueType"),
        ({"metadata": [ROW | {"metadataValueType": 1}]}, "metadata.0.metadataValueType"),
        ({"metadata": [ROW], "updateType": "merge"}, "updateType"),
        ({"metadata": [ROW], "updateType": True}, "updateType"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_is_not_understood_is_refused_by_name(method: str, body: Any, field: str):
    with pytest.raises(Invalid) as wrong:
        command(f"{method} {_ASSET}/metadata", body)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        (None, "metadataKeys"),
        ([], "metadataKeys"),
        (["k"] * 501, "metadataKeys"),
        ([1], "metadataKeys.0"),
        (["k" * 257], "metadataKeys.0"),
    ],
)
def test_keys_to_delete_are_texts_and_not_too_many(keys: Any, field: str):
    with pytest.raises(Invalid) as wrong:
        command(f"DELETE {_ASSET}/metadata", {} if keys is None else {"metadataKeys": keys})
    assert wrong.value.field == field
