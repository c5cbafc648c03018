"""VAMS requests into commands: what is taken, and that each refusal names what is wrong."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.routes import ROUTES
from assetversions.domain import errors
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import CreateVersion, RevertVersion, UpdateVersion
from assetversions.domain.ids import version_id
from assetversions.domain.model import AssetRef
from hypothesis import given
from hypothesis import strategies as st

REF = AssetRef("db1", "a1")
PATH = {"databaseId": "db1", "assetId": "a1", "assetVersionId": "3"}
ID = version_id(0x123456789ABCDEF012345, 3)
DECODE = {route.operation: route.decode for route in ROUTES}
NEEDS_NO_BODY = ["create_version", "archive_version", "unarchive_version", "revert_version"]
WRITES = [*NEEDS_NO_BODY, "update_version", "create_database", "create_asset"]
DATABASE = {"databaseId": "db1", "description": "a database"}
ASSET = {"databaseId": "db1", "assetName": "A", "description": "an asset"}


def decode(operation: str, body: Any = None, **more: Any) -> Any:
    """`body` is sent as JSON, a text as it is."""
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    path = PATH | more.pop("path", {})
    return DECODE[operation](Request(path=path, body=text, **more))


def refusal(operation: str, body: Any = None, **more: Any) -> str:
    """The field that the refusal names."""
    with pytest.raises(errors.Invalid) as refused:
        decode(operation, body, **more)
    assert refused.value.field in refused.value.message
    return refused.value.field


@pytest.mark.parametrize("operation", NEEDS_NO_BODY)
@pytest.mark.parametrize("body", ["", "  \n", "{}"])
def test_no_body_is_as_good_as_an_empty_one(operation: str, body: str):
    assert decode(operation, body) == decode(operation, {})


def test_create_takes_all_it_documents():
    body = {
        "description": "Floor 3",
        "comment": "Revised",
        "versionAlias": "v1.0",
        "files": [{"relativeKey": "/b.txt", "versionId": "x"}, {"relativeKey": "a.txt", "versionId": "y"}],
        "unknown": [1],
    }
    pins = {"b.txt": "x", "a.txt": "y"}
    wanted = CreateVersion(REF, "Floor 3", "Revised", "v1.0", pins, expected_rev=7)
    assert decode("create_version", body, headers={"if-match": '"7"'}) == wanted
    assert decode("create_version") == CreateVersion(REF)
    assert decode("create_version", {"useLatestFiles": True}) == CreateVersion(REF)
    assert decode("create_version", {"useLatestFiles": True, "files": []}) == CreateVersion(REF)
    assert decode("create_version", {"files": []}) == CreateVersion(REF, pins={})
    assert decode("create_version", {"useLatestFiles": False, "files": []}) == CreateVersion(REF, pins={})
    assert decode("create_version", {"comment": None, "versionAlias": None}) == CreateVersion(REF)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("3", VersionRef(number=3)),
        (spell(ID), VersionRef(version_id=ID)),
        ("release 1", VersionRef(alias="release 1")),
    ],
)
def test_a_version_is_named_by_number_id_or_alias(text: str, ref: VersionRef):
    assert decode("get_version", path={"assetVersionId": text}).version == ref


@pytest.mark.parametrize(
    "text", ["00", "03", "v-abc", "V-ABC", "v-" + "a" * 26, "١", spell(ID)[:-1] + "7", "9" * 11]
)
def test_what_cannot_name_a_version_is_not_found(text: str):
    with pytest.raises(errors.NotFound) as missing:
        decode("get_version", path={"assetVersionId": text})
    assert missing.value.kind == "version"


@given(st.integers(0, 2**90 - 1), st.integers(1, 2**32 - 1))
def test_the_spelling_of_an_id_is_read_back(uid: int, number: int):
    text = spell(version_id(uid, number))
    assert len(text) == 28
    ref = decode("get_version", path={"assetVersionId": text}).version
    assert ref == VersionRef(version_id=version_id(uid, number))


def test_update_takes_either_field_or_both_and_an_empty_alias_clears():
    update = UpdateVersion(REF, VersionRef(number=3))
    assert decode("update_version", {"versionAlias": ""}) == UpdateVersion(update.asset, update.version, "")
    both = decode("update_version", {"versionAlias": "gold", "comment": ""})
    assert (both.alias, both.comment) == ("gold", "")
    assert refusal("update_version", {}) == "versionAlias"


def test_archive_keeps_the_current_version_and_revert_takes_a_comment():
    assert decode("archive_version").keep_current
    assert decode("revert_version", {"comment": "back", "revertMetadata": True}).comment == "back"


def test_a_revert_does_all_of_it_and_skips_nothing_unless_asked():
    assert decode("revert_version") == RevertVersion(REF, VersionRef(number=3))
    told = decode("revert_version", {"dryRun": True, "skipMissing": True, "revertMetadata": True})
    assert (told.dry_run, told.skip_missing, told.metadata) == (True, True, True)


def test_the_paths_of_a_revert_are_spelled_one_way_and_stay_in_the_asset():
    command = decode("revert_version", {"paths": ["/a.txt", "dir/", "a.txt"]})
    assert command.paths == ("a.txt", "dir/")
    for path in ("../", "a/../b", "//a", ""):
        assert refusal("revert_version", {"paths": ["fine", path]}) == "paths.1"


@pytest.mark.parametrize("operation", [name for name in WRITES if "archive" not in name])
@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nonsense",
        '{"comment": NaN}',
        '{"comment": Infinity}',
        '{"comment": "\\ud800"}',
        "[" * 100000,
        "[]",
        "7",
        "null",
        '"text"',
        '{"comment": 1} {}',
        "1" * 5000,
    ],
)
def test_a_body_that_is_no_json_object_is_refused(operation: str, body: str):
    assert refusal(operation, body) == "body"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"comment": 5}, "comment"),
        ({"comment": ["x"]}, "comment"),
        ({"comment": "x" * 1025}, "comment"),
        ({"description": {}}, "description"),
        ({"versionAlias": 1.5}, "versionAlias"),
        ({"versionAlias": "x" * 65}, "versionAlias"),
        ({"versionAlias": "v-abc"}, "versionAlias"),
        ({"versionAlias": "V-1"}, "versionAlias"),
        ({"versionAlias": spell(ID)}, "versionAlias"),
        ({"versionAlias": "a?b"}, "versionAlias"),
        ({"useLatestFiles": "true"}, "useLatestFiles"),
        ({"useLatestFiles": 1}, "useLatestFiles"),
        ({"useLatestFiles": False}, "files"),
        ({"useLatestFiles": True, "files": [{"relativeKey": "a", "versionId": "x"}]}, "useLatestFiles"),
        ({"asOf": "2026-03-15T10:30:00Z", "useLatestFiles": True}, "asOf"),
        ({"asOf": "2026-03-15T10:30:00Z", "files": [{"relativeKey": "a", "versionId": "x"}]}, "asOf"),
        ({"asOf": "2026-03-15T10:30:00Z", "files": []}, "asOf"),
        ({"files": "a.txt"}, "files"),
        ({"files": ["a.txt"]}, "files.0"),
        ({"files": [{"relativeKey": "a"}]}, "files.0.versionId"),
        ({"files": [{"relativeKey": "a", "versionId": ""}]}, "files.0.versionId"),
        ({"files": [{"relativeKey": "a", "versionId": 7}]}, "files.0.versionId"),
        ({"files": [{"versionId": "x"}]}, "files.0.relativeKey"),
    ],
)
def test_a_wrong_create_is_refused_by_the_field_that_is_wrong(body: dict[str, Any], field: str):
    assert refusal("create_version", body) == field


INSTANT = "asOf: must be an instant with its zone, such as 2026-11-25T18:00:00Z."


@pytest.mark.parametrize(
    ("operation", "body", "said"),
    [
        ("create_version", [], "body: must be a JSON object."),
        ("create_version", {"files": ["a.txt"]}, "files.0: must be a JSON object."),
        ("create_version", {"asOf": "yesterday"}, INSTANT),
        ("create_version", {"asOf": "2026-11-25"}, INSTANT),
        ("create_version", {"asOf": "2026-11-25T18:00:00"}, INSTANT),
        ("revert_version", {"paths": []}, "paths: must have at least one item."),
    ],
)
def test_a_refusal_says_what_to_send_in_the_words_of_the_api(operation: str, body: Any, said: str):
    with pytest.raises(errors.Invalid) as refused:
        decode(operation, body)
    assert refused.value.message == said


@pytest.mark.parametrize(
    "path", ["", "/", "../a", "a/../b", "//a", "C:\\a", "a\x00b", "s3://b/k", "x" * 1025]
)
def test_a_relative_key_that_leaves_the_asset_is_refused(path: str):
    pin = {"relativeKey": "fine", "versionId": "x"}
    body = {"files": [pin, {"relativeKey": path, "versionId": "x"}]}
    assert refusal("create_version", body) == "files.1.relativeKey"


@pytest.mark.parametrize("twin", ["a.txt", "/a.txt"])
def test_a_relative_key_may_be_there_once(twin: str):
    body = {"files": [{"relativeKey": "a.txt", "versionId": "x"}, {"relativeKey": twin, "versionId": "y"}]}
    assert refusal("create_version", body) == "files.1.relativeKey"


def test_more_pins_than_a_request_may_carry_are_refused():
    body = {"files": [{"relativeKey": f"f{index}", "versionId": "x"} for index in range(50_001)]}
    with pytest.raises(errors.TooLarge, match="files"):
        decode("create_version", body)


@pytest.mark.parametrize("operation", ["list_versions", "list_assets", "list_databases", "get_version"])
@pytest.mark.parametrize("size", ["0", "-1", "x", "", "1.5", "1e3"])
def test_a_page_size_that_is_none_is_refused(operation: str, size: str):
    assert refusal(operation, query={"pageSize": size}) == "pageSize"


def test_pages_have_a_default_and_a_limit():
    assert decode("list_versions").page == Page(1000, None, "startingToken")
    assert decode("list_versions", query={"pageSize": "1000", "startingToken": "t"}).page.cursor == "t"
    assert decode("get_version").page.size == 10_000
    assert decode("list_versions", query={"pageSize": "1001"}).page.size == 1000


@pytest.mark.parametrize(("text", "shown"), [("true", True), ("false", False), (None, False)])
def test_archived_versions_are_shown_on_demand(text: str | None, shown: bool):
    assert decode("list_versions", query={"showArchived": text} if text else {}).archived is shown


@pytest.mark.parametrize("text", ["maybe", "2", ""])
def test_show_archived_is_true_or_false(text: str):
    assert refusal("list_versions", query={"showArchived": text}) == "showArchived"


@pytest.mark.parametrize(("value", "rev"), [('"7"', 7), ('W/"7"', 7), ("7", 7), ("*", None), (None, None)])
def test_if_match_carries_the_revision(value: str | None, rev: int | None):
    assert decode("archive_version", headers={"if-match": value} if value else {}).expected_rev == rev


@pytest.mark.parametrize("value", ["", '""', "abc", '"7", "8"', "-1", "1.5", "٧", "9" * 16])
@pytest.mark.parametrize("operation", NEEDS_NO_BODY)
def test_a_malformed_if_match_is_refused(operation: str, value: str):
    assert refusal(operation, headers={"if-match": value}) == "If-Match"


@pytest.mark.parametrize(("operation", "body"), [("create_database", DATABASE), ("create_asset", ASSET)])
def test_nothing_can_match_what_is_not_there_yet(operation: str, body: dict[str, Any]):
    with pytest.raises(errors.Conflict, match="If-Match"):
        decode(operation, body, headers={"if-match": '"1"'})


@pytest.mark.parametrize(
    ("operation", "change", "field"),
    [
        ("create_database", {"databaseId": "global"}, "databaseId"),
        ("create_database", {"databaseId": "a b"}, "databaseId"),
        ("create_database", {"databaseId": 7}, "databaseId"),
        ("create_database", {"description": "abc"}, "description"),
        ("create_database", {"description": "x" * 257}, "description"),
        ("create_asset", {"databaseId": "x"}, "databaseId"),
        ("create_asset", {"assetName": ""}, "assetName"),
        ("create_asset", {"assetId": "a/b"}, "assetId"),
        ("create_asset", {"tags": "red"}, "tags"),
        ("create_asset", {"tags": [1]}, "tags.0"),
        ("create_asset", {"isDistributable": "yes"}, "isDistributable"),
    ],
)
def test_a_wrong_database_or_asset_is_refused_by_its_field(
    operation: str, change: dict[str, Any], field: str
):
    whole = DATABASE if operation == "create_database" else ASSET
    decode(operation, whole)
    assert refusal(operation, whole | change) == field


@pytest.mark.parametrize(
    "operation",
    [name for name in DECODE if name.endswith(("version", "versions")) and not name.startswith("compare")],
)
def test_malformed_ids_in_the_path_are_refused_everywhere(operation: str):
    body = {"comment": "x"}
    assert refusal(operation, body, path={"databaseId": "a b"}) == "databaseId"
    assert refusal(operation, body, path={"assetId": ".a"}) == "assetId"
