"""Exports in VAMS: requests into commands, and the exact bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.replies.exports import PACKED_ABOVE
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.errors import Error, Invalid
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Asset, AssetRef, Origin, OriginKind, State, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.results.catalog import Place
from assetversions.domain.results.exports import Export, ExportedAsset, ExportedFile
from msgspec.structs import replace

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = next(route for route in ROUTES if route.operation == "export_asset")
AT = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
REF, CHILD, HIDDEN = AssetRef("db1", "a"), AssetRef("db1", "b"), AssetRef("db2", "c")
HEAD = Asset(REF, 7, "Größe", "an asset", "glb", ("red",), True, AT, "ann", AT, latest=2, current=2)
SECOND = Version(
    REF, 7, 2, State.DRAFT, "", "why", "gold", AT, "ann", AT, "ann",
    Origin(OriginKind.CREATED), files=1, bytes=5, manifest="digest",
)  # fmt: skip
SAID = (Metadatum("weight", "1", ValueType.NUMBER),)
NEWEST = ObjectVersion("dir/größe.glb", "ov2", 1_773_570_600, True, False, 5, "etag-2", "STANDARD")
FILE = ExportedFile(
    NEWEST,
    FileMetadata(NEWEST.path, SAID, (Metadatum("k", "v", ValueType.STRING),), "lod1"),
    f"{NEWEST.path}.previewFile.png",
    "https://s3/x?sig",
)
LINK = AssetLink("0f6e", LinkKind.PARENT_CHILD, REF, CHILD, "left", ("x",), AT, "ann", 1, SAID)
WHOLE = Export(
    REF,
    [
        ExportedAsset(HEAD, SECOND, [FILE], False, SAID, [SECOND]),
        ExportedAsset(replace(HEAD, ref=CHILD, archived_at=AT), SECOND, [], True, ()),
        HIDDEN,
    ],
    [LINK, replace(LINK, link_id="1", kind=LinkKind.RELATED, alias="")],
    7,
    "next",
    Place("my-bucket"),
    900,
    file_metadata=True,
    link_metadata=True,
)
BARE = Export(
    REF,
    [ExportedAsset(HEAD, SECOND, [FILE._replace(url=None)], False)],
    None,
    1,
    None,
    Place("my-bucket", "base/"),
    900,
    file_metadata=False,
    link_metadata=False,
)


RESULTS: dict[str, tuple[str, Any]] = {"export": (ROUTE.key, WHOLE), "export_bare": (ROUTE.key, BARE)}


def command(body: Any) -> ExportAsset:
    path = {"databaseId": "db1", "assetId": "a"}
    found: ExportAsset = ROUTE.command(
        Request(path, {}, {}, body if isinstance(body, str) else json.dumps(body))
    )
    return found


@pytest.mark.parametrize("name", RESULTS)
def test_the_body_of_an_export_is_exactly_the_golden_one(name: str):
    reply = ROUTE.encode(RESULTS[name][1])
    body = json.loads(json.dumps(reply.body))
    assert (reply.status, body) == (200, golden(GOLDEN, name, body))
    assert reply.packed_above == PACKED_ABOVE


def test_nothing_asked_for_is_what_vams_takes_for_it():
    assert command("") == command({}) == ExportAsset(REF, Page(100, None, "startingToken"))


def test_everything_that_can_be_asked_for_is_heard():
    body = {
        "generatePresignedUrls": True,
        "includeFolderFiles": True,
        "includeOnlyPrimaryTypeFiles": True,
        "includeFileMetadata": False,
        "includeAssetLinkMetadata": False,
        "includeAssetMetadata": False,
        "fetchAssetRelationships": False,
        "fetchEntireChildrenSubtrees": True,
        "includeParentRelationships": True,
        "includeArchivedFiles": True,
        "includeVersions": True,
        "fileExtensions": ["GLB", ".txt"],
        "maxAssets": 7,
        "startingToken": "next",
        "assetVersionId": 3,
    }
    assert command(body) == ExportAsset(
        asset=REF,
        page=Page(7, "next", "startingToken"),
        version=VersionRef(number=3),
        related=False,
        subtrees=True,
        parents=True,
        links=True,
        folders=True,
        archived=True,
        primary_only=True,
        extensions=(".glb", ".txt"),
        asset_metadata=False,
        file_metadata=False,
        link_metadata=False,
        versions=True,
    )
    assert command({"assetVersionIdAlias": "gold"}).version == VersionRef(alias="gold")
    assert command({"maxAssets": 5_000}).page.size == 1_000, "as much as VAMS gives"


@pytest.mark.parametrize(
    ("field", "heard"),
    [
        ("generatePresignedUrls", {"links": True}),
        ("includeFolderFiles", {"folders": True}),
        ("includeOnlyPrimaryTypeFiles", {"primary_only": True}),
        ("fetchEntireChildrenSubtrees", {"subtrees": True}),
        ("includeParentRelationships", {"parents": True}),
        ("includeArchivedFiles", {"archived": True}),
        ("includeVersions", {"versions": True}),
        ("includeFileMetadata", {"file_metadata": False}),
        ("includeAssetLinkMetadata", {"link_metadata": False}),
        ("includeAssetMetadata", {"asset_metadata": False}),
        ("fetchAssetRelationships", {"related": False}),
    ],
)
def test_each_word_says_one_thing_and_no_other(field: str, heard: dict[str, bool]):
    assert command({field: next(iter(heard.values()))}) == replace(command({}), **heard)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"maxAssets": 0}, "maxAssets"),
        ({"maxAssets": "7"}, "maxAssets"),
        ({"generatePresignedUrls": "yes"}, "generatePresignedUrls"),
        ({"fileExtensions": ".glb"}, "fileExtensions"),
        ({"fileExtensions": ["a/b"]}, "fileExtensions"),
        ({"fileExtensions": ["x" * 257]}, "fileExtensions.0"),
        ({"fileExtensions": [".glb"] * 101}, "fileExtensions"),
        ({"fileExtensions": [7]}, "fileExtensions.0"),
        ({"startingToken": 7}, "startingToken"),
        ({"versionId": "ov1"}, "versionId"),
        ({"assetVersionId": "1", "assetVersionIdAlias": "gold"}, "assetVersionIdAlias"),
        ({"assetVersionId": "working"}, "assetVersionId"),
        ([], "body"),
        ("{", "body"),
    ],
)
def test_what_is_wrong_is_named(body: Any, field: str):
    with pytest.raises(Error) as raised:
        command(body)
    assert isinstance(raised.value, Invalid)
    assert raised.value.field == field
