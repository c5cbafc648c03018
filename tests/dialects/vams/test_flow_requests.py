"""What a VAMS client sends around versions: both spellings of a key, and bad input by name."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import catalog as catalog_requests
from assetversions.dialects.vams.requests import databases as database_requests
from assetversions.dialects.vams.requests import files as file_requests
from assetversions.dialects.vams.requests import subscriptions as subscription_requests
from assetversions.dialects.vams.requests import versions as version_requests
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain.automatic import UNSAID, After, AutoVersion
from assetversions.domain.commands.catalog import UpdateDatabase
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.errors import Invalid
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.shelves import Shelf
from msgspec.structs import replace

PLACE = {"databaseId": "cars", "assetId": "engine"}


def body(given: Any, **path: str) -> Request:
    return Request(path={**PLACE, **path}, body=json.dumps(given))


def query(**given: str) -> Request:
    return Request(path=PLACE, query=given)


def test_the_preview_of_an_asset_has_no_key_and_no_version() -> None:
    wanted = {"downloadType": "assetPreview"}
    assert file_requests.download_file(body(wanted)).shelf is Shelf.PREVIEW
    for field in ("versionId", "assetVersionId", "assetVersionIdAlias"):
        with pytest.raises(Invalid, match=f"^{field}: leave it out"):
            file_requests.download_file(body({**wanted, field: "1"}))
    with pytest.raises(Invalid, match="key"):
        file_requests.download_file(body({"downloadType": "assetFile"}))
    with pytest.raises(Invalid, match="downloadType"):
        file_requests.download_file(body({"downloadType": "auxiliaryPreview", "key": "a"}))


def test_a_listing_is_of_now_or_of_a_version() -> None:
    now = file_requests.list_files(query(prefix="/parts/", includeArchived="true", basic="true"))
    assert (now.prefix, now.version, now.archived, now.basic) == ("parts/", None, True, True)
    then = file_requests.list_files(query(assetVersionId="3", pageSize="7"))
    assert (then.prefix, then.version, then.page.size, then.basic) == ("", VersionRef(number=3), 7, False)
    with pytest.raises(Invalid, match="basic"):
        file_requests.list_files(query(basic="often"))
    with pytest.raises(Invalid, match="pageSize"):
        file_requests.list_files(query(pageSize="0"))


def test_a_file_is_shown_with_its_history_where_that_is_asked_for() -> None:
    assert file_requests.get_file(query(filePath="/a.txt")).page is None
    assert file_requests.get_file(query(filePath="a.txt", includeVersions="true")).page is not None
    with pytest.raises(Invalid, match="filePath"):
        file_requests.get_file(query())


def test_a_download_is_of_one_version_at_most() -> None:
    wanted = {"downloadType": "assetFile", "key": "/a.txt"}
    newest = file_requests.download_file(body(wanted))
    assert (newest.path, newest.object_version, newest.version) == ("a.txt", None, None)
    alias = file_requests.download_file(body({**wanted, "assetVersionIdAlias": "release"}))
    assert alias.version == VersionRef(alias="release")
    with pytest.raises(Invalid, match="not several"):
        file_requests.download_file(body({**wanted, "versionId": "x", "assetVersionId": "1"}))


def test_changes_are_asked_for_since_a_moment_or_a_version() -> None:
    moment = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
    wanted = {
        "": None,
        "3": VersionRef(number=3),
        "release": VersionRef(alias="release"),
        "2026-03-15T10:30:00Z": moment,
        "2026-03-15T12:30:00 02:00": moment,
    }
    for text, since in wanted.items():
        assert file_requests.list_changes(query(since=text)).since == since
    for wrong in ("2026-03-15T25:00:00Z", "2026-03-15T10:30:00", "working"):
        with pytest.raises(Invalid, match="since"):
            file_requests.list_changes(query(since=wrong))


def test_metadata_is_read_by_type_and_key() -> None:
    rows = [
        {"metadataKey": "mass", "metadataValue": "1", "metadataValueType": "Number"},
        {"metadataKey": "by", "metadataValue": "mara"},
    ]
    command = catalog_requests.update_asset(body({"metadata": rows}))
    assert command.metadata == (
        Metadatum("by", "mara", ValueType.STRING),
        Metadatum("mass", "1", ValueType.NUMBER),
    )
    assert catalog_requests.update_asset(body({"metadata": []})).metadata == ()
    with pytest.raises(Invalid):
        catalog_requests.update_asset(body({}))


@pytest.mark.parametrize(
    ("text", "extensions"),
    [(".glb", (".glb",)), ("GLB, .tar.gz,glb,", (".glb", ".tar.gz")), ("", ())],
)
def test_a_database_names_its_extensions(text: str, extensions: tuple[str, ...]) -> None:
    given = {"databaseId": "cars", "description": "a database", "restrictFileUploadsToExtensions": text}
    assert database_requests.create_database(body(given)).extensions == extensions
    with pytest.raises(Invalid, match="restrictFileUploadsToExtensions"):
        database_requests.create_database(body({**given, "restrictFileUploadsToExtensions": "*.glb"}))


def test_a_database_is_changed_in_what_is_named() -> None:
    given = body({"portableNames": True})
    assert database_requests.update_database(given) == UpdateDatabase("cars", portable_names=True)
    everything = body({"restrictFileUploadsToExtensions": "", "description": "cars of today"})
    assert database_requests.update_database(everything) == UpdateDatabase("cars", "cars of today", ())
    for wrong in ({}, {"portableNames": "yes"}, {"description": "abc"}):
        with pytest.raises(Invalid):
            database_requests.update_database(body(wrong))
    (route,) = [one for one in ROUTES if one.operation == "update_database"]
    with pytest.raises(Invalid, match="If-Match"):
        route.command(replace(given, headers={"if-match": '"1"'}))


QUIET = {"after": "quiet", "seconds": 60}
SETTINGS: list[tuple[Any, AutoVersion]] = [
    (None, UNSAID),
    ({"after": "never"}, AutoVersion(After.NEVER)),
    ({"after": "upload"}, AutoVersion(After.UPLOAD)),
    (QUIET, AutoVersion(After.QUIET, 60)),
]


@pytest.mark.parametrize(("said", "meant"), SETTINGS)
def test_databases_and_assets_say_when_versions_make_themselves(said: Any, meant: AutoVersion) -> None:
    given = body({"autoVersion": said})
    assert database_requests.update_database(given) == UpdateDatabase("cars", auto_version=meant)
    assert catalog_requests.update_asset(given).auto_version == meant
    named = {"databaseId": "cars", "assetName": "engine", "description": "an engine", "autoVersion": said}
    assert database_requests.create_database(body(named)).auto_version == meant
    assert catalog_requests.create_asset(body(named)).auto_version == meant


def test_what_says_nothing_of_automatic_versions_leaves_them_as_they_are() -> None:
    given = body({"description": "something else"})
    assert database_requests.update_database(given).auto_version is None
    assert catalog_requests.update_asset(given).auto_version is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("upload", "autoVersion"),
        ({}, "autoVersion.after"),
        ({"after": "lunch"}, "autoVersion.after"),
        ({"after": "quiet"}, "autoVersion.seconds"),
        ({"after": "quiet", "seconds": 0}, "autoVersion.seconds"),
        ({"after": "quiet", "seconds": 4}, "autoVersion.seconds"),
        ({"after": "quiet", "seconds": 86_401}, "autoVersion.seconds"),
        ({"after": "quiet", "seconds": "60"}, "autoVersion.seconds"),
        ({"after": "upload", "seconds": 60}, "autoVersion.seconds"),
        ({"after": "never", "seconds": 60}, "autoVersion.seconds"),
    ],
)
def test_what_can_not_be_meant_of_automatic_versions_is_refused(said: Any, field: str) -> None:
    named = {"databaseId": "cars", "assetName": "engine", "description": "an engine", "autoVersion": said}
    for read in (
        database_requests.create_database,
        database_requests.update_database,
        catalog_requests.create_asset,
        catalog_requests.update_asset,
    ):
        with pytest.raises(Invalid) as refused:
            read(body(named))
        assert refused.value.field == field


def test_a_database_says_whether_assets_make_themselves() -> None:
    named = {"databaseId": "cars", "description": "all the cars"}
    assert not database_requests.create_database(body(named)).auto_create_assets
    assert database_requests.create_database(body(named | {"autoCreateAssets": True})).auto_create_assets
    assert database_requests.update_database(body({"autoCreateAssets": False})).auto_create_assets is False
    with pytest.raises(Invalid, match="autoCreateAssets"):
        database_requests.update_database(body({"autoCreateAssets": "yes"}))


def test_a_subscription_is_to_an_assets_versions_alone() -> None:
    given = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": "engine"}
    command = subscription_requests.subscribe(body({**given, "subscribers": ["ann", "ann", "bob"]}))
    assert (command.asset_id, command.database_id) == ("engine", None)
    assert command.subscribers == {"ann", "bob"}
    wrong: dict[str, Any]
    for wrong in (
        {"eventName": "Else"},
        {"subscribers": []},
        {"subscribers": ["x"] * 101},
        {"entityId": "a/b"},
    ):
        with pytest.raises(Invalid):
            subscription_requests.subscribe(body({**given, "subscribers": ["ann"], **wrong}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"changes": "list"},
        {"asOf": "2026-03-15T10:30:00Z"},
        {"files": [{"relativeKey": "a", "versionId": "v"}]},
    ],
)
def test_a_version_by_the_journal_is_of_the_files_of_now(wrong: dict[str, Any]) -> None:
    assert version_requests.create_version(body({"changes": "journal"})).by_journal
    assert not version_requests.create_version(body({})).by_journal
    with pytest.raises(Invalid, match="changes"):
        version_requests.create_version(body({"changes": "journal"} | wrong))
