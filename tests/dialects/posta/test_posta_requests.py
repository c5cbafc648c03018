"""Posta requests into commands, and what is wrong with those that become none."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.posta import contents, ids, requests
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.content import ExternalContent, InlineContent
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    Expansion,
    GetVersion,
    PublishVersion,
    ResolveVariables,
    UpdateVersion,
)
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.ids import UID_BITS, version_id
from assetversions.domain.model import AssetUid
from assetversions.domain.variables import Behavior, Given, Kind, Value, Variable
from hypothesis import given
from hypothesis import strategies as st

UID = 0x123456789ABCDEF012345
ASSET = ids.spell_asset(UID)
VERSION = ids.spell_version(version_id(UID, 7))
NAMED: dict[str, Any] = {"asset": AssetUid(UID, ASSET), "version": VersionRef(version_id=version_id(UID, 7))}


def request(body: Any = None, query: dict[str, str] | None = None, **path: str) -> Request:
    paths = {"assetId": ASSET, "versionId": VERSION} | path
    return Request(paths, query or {}, {"if-match": '"3"'}, "" if body is None else json.dumps(body))


def refused(decode: Any, body: Any = None, query: dict[str, str] | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        decode(request(body, query))
    return caught.value.field


# ids


@given(st.integers(0, 2**UID_BITS - 1), st.integers(1, 2**32 - 1))
def test_an_id_reads_back_as_what_it_was(uid: int, number: int) -> None:
    asset, version = ids.spell_asset(uid), ids.spell_version(version_id(uid, number))
    assert ids.read_asset(asset) == uid
    assert ids.version_ref(version).version_id == version_id(uid, number)
    assert asset.removeprefix("ast_").isalnum()
    assert version.removeprefix("astv_").isalnum()


NO_ID = ["", "7", "gold", "astv_", "astv_" + "z" * 22, "astv_" + "0" * 22]
ALMOST = [ASSET, VERSION[:-1], VERSION + "0", VERSION[:-1] + "-", VERSION.replace("astv_", "ASTV_")]


@pytest.mark.parametrize("text", NO_ID + ALMOST)
def test_what_is_no_version_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        requests.get_version(request(versionId=text))


@pytest.mark.parametrize("text", ["", "engine", VERSION, ASSET[:-1], ASSET + "0", "ast_" + "z" * 16])
def test_what_is_no_asset_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        requests.list_versions(request(assetId=text))


def test_a_uuid_that_is_no_version_id_is_not_found() -> None:
    with pytest.raises(NotFound):
        requests.get_version(request(versionId=ids.spell_version(UUID(int=5))))


# list and get


def test_list_has_25_a_page_unless_asked_otherwise() -> None:
    command = requests.list_versions(request())
    assert command.page == Page(25, None, "nextToken")
    assert (command.archived, command.expand) == (False, {Expansion.VARIABLES, Expansion.LINKS})


def test_list_takes_up_to_100_and_archived_ones() -> None:
    query = {"pageSize": "100", "nextToken": "abc", "includeArchived": "true"}
    command = requests.list_versions(request(query=query))
    assert (command.page, command.archived) == (Page(100, "abc", "nextToken"), True)
    assert requests.list_versions(request(query={"pageSize": "1"})).page.size == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("pageSize", "0"), ("pageSize", "101"), ("pageSize", "x"), ("includeArchived", "maybe")],
)
def test_a_bad_query_names_its_field(name: str, value: str) -> None:
    assert refused(requests.list_versions, query={name: value}) == name


def test_get_asks_for_no_files() -> None:
    shown = requests.SHOWN | {Expansion.TEXT}
    assert requests.get_version(request()) == GetVersion(**NAMED, page=None, expand=shown, deleted=True)


@pytest.mark.parametrize(
    "decode",
    [
        requests.list_versions, requests.get_version, requests.create_version, requests.update_version,
        requests.publish_version, requests.archive_version, requests.delete_version,
        requests.clone_version, requests.resolve_variables, requests.list_assets, requests.get_asset,
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_known_is_refused_by_its_name(decode: Any) -> None:
    assert refused(decode, {"notes": "x"}, {"expand": "x"}) == "expand"


# create and update


def test_create_without_a_body_takes_the_files_as_they_are() -> None:
    command = requests.create_version(request())
    assert command == CreateVersion(NAMED["asset"], allow_empty=True, open=True, expected_rev=3)


PRESET_LOGO = {
    "name": "b",
    "type": "asset",
    "behavior": "preset",
    "presetValue": ASSET,
    "allowEmpty": True,
    "sampleValue": "s",
}


def test_create_takes_notes_content_and_variables() -> None:
    command = requests.create_version(
        request(
            {
                "notes": "first",
                "content": {"source": "inline", "content": "<p>"},
                "variableDefinitions": [
                    {"name": "a"},
                    PRESET_LOGO,
                ],
                "unknown": 1,
            }
        )
    )  # fmt: skip
    assert command.comment == "first"
    assert command.content == InlineContent("<p>", "text/html", "content.html")
    assert command.variables == (
        Variable("a", Kind.VALUE, Behavior.OPTIONAL, False),
        Variable("b", Kind.ASSET, Behavior.PRESET, True, Value(ASSET, UID), "s"),
    )


def test_update_leaves_what_is_not_sent_as_it_is() -> None:
    command = requests.update_version(request({"notes": ""}))
    assert command == UpdateVersion(**NAMED, comment="", expected_rev=3, drafts_only=True)
    command = requests.update_version(request({"variableDefinitions": []}))
    assert command == UpdateVersion(**NAMED, variables=(), expected_rev=3, drafts_only=True)


LONG = "x" * 513
DEFINITION = "variableDefinitions.0"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ({"notes": "x" * 256}, "notes"),
        ({"notes": 5}, "notes"),
        ({"content": "text"}, "content"),
        ({"content": {"source": "elsewhere", "content": "x"}}, "content.source"),
        ({"content": {"source": "inline"}}, "content.content"),
        ({"content": {"source": "inline", "content": "x" * 102_401}}, "content.content"),
        ({"content": {"source": "inline", "content": "ü" * 51_201}}, "content.content"),
        ({"content": {"source": "inline", "content": "x", "type": "no type"}}, "content.type"),
        ({"content": {"source": "externalUrl", "content": "ftp://example.com/a"}}, "content.content"),
        ({"content": {"source": "externalUrl", "content": "https://a.b/" + "x" * 2048}}, "content.content"),
        ({"content": {"source": "import", "content": "file:///etc/passwd"}}, "content.content"),
        ({"notes": "x", "publish": "yes"}, "publish"),
        ({"variableDefinitions": [{}]}, f"{DEFINITION}.name"),
        ({"variableDefinitions": [{"name": ""}]}, f"{DEFINITION}.name"),
        ({"variableDefinitions": [{"name": "x" * 65}]}, f"{DEFINITION}.name"),
        ({"variableDefinitions": [{"name": "a", "type": "number"}]}, f"{DEFINITION}.type"),
        ({"variableDefinitions": [{"name": "a", "behavior": "maybe"}]}, f"{DEFINITION}.behavior"),
        ({"variableDefinitions": [{"name": "a", "allowEmpty": "yes"}]}, f"{DEFINITION}.allowEmpty"),
        ({"variableDefinitions": [{"name": "a", "presetValue": LONG}]}, f"{DEFINITION}.presetValue"),
        ({"variableDefinitions": [{"name": "a", "sampleValue": LONG}]}, f"{DEFINITION}.sampleValue"),
        ({"variableDefinitions": [{"name": "a", "behavior": "preset"}]}, f"{DEFINITION}.presetValue"),
        ({"variableDefinitions": [{"name": "a"}, {"name": "a"}]}, "variableDefinitions.1.name"),
        ({"variableDefinitions": [{"name": str(index)} for index in range(201)]}, "variableDefinitions"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("decode", [requests.create_version, requests.update_version])
def test_a_bad_body_names_its_field(decode: Any, body: Any, field: str) -> None:
    """And no class of ours."""
    with pytest.raises(Invalid) as caught:
        decode(request(body))
    assert caught.value.field == field
    assert not re.search("Body|instance|dictionary|Python", caught.value.message)


def test_a_version_may_be_published_as_it_is_made_and_by_no_update() -> None:
    assert requests.create_version(request({"publish": True})).publish is True
    assert refused(requests.update_version, {"notes": "x", "publish": True}) == "publish"


def test_an_update_of_nothing_is_refused() -> None:
    assert refused(requests.update_version, {"notes": None}) == "body"


def test_the_largest_inline_content_is_taken() -> None:
    body = {"content": {"source": "inline", "content": "ü" * 51_200}}
    assert requests.create_version(request(body)).content is not None


@pytest.mark.parametrize(
    ("sent", "media_type", "path"),
    [
        ("html", "text/html", "content.html"),
        ("text/html; charset=utf-8", "text/html", "content.html"),
        ("Text/Plain", "text/plain", "content.txt"),
        ("image/svg+xml", "image/svg+xml", "content.svg"),
        ("application/vnd.acme+json", "application/vnd.acme+json", "content.dat"),
        ("application/zip", "application/zip", "content.dat"),
        ("font/woff2", "font/woff2", "content.woff2"),
    ],
)
def test_the_type_tells_media_type_and_path(sent: str, media_type: str, path: str) -> None:
    assert (contents.read_type(sent), contents.path_of(media_type)) == (media_type, path)


def test_an_address_may_come_without_a_type() -> None:
    body = {"content": {"source": "externalUrl", "content": "https://example.com/a"}}
    assert requests.create_version(request(body)).content == ExternalContent("https://example.com/a", None)


# the others


def test_a_job_is_named_in_its_path() -> None:
    assert requests.get_job(request(jobId="job-1")) == GetJob(NAMED["asset"], "job-1")
    with pytest.raises(Invalid):
        requests.get_job(request(jobId="a/b"))


@pytest.mark.parametrize(
    ("decode", "command"),
    [
        (requests.publish_version, PublishVersion),
        (requests.archive_version, ArchiveVersion),
        (requests.delete_version, DeleteVersion),
        (requests.clone_version, CloneVersion),
    ],
)
def test_an_operation_without_a_body(decode: Any, command: Any) -> None:
    assert decode(request()) == command(**NAMED, expected_rev=3)


def test_clone_takes_notes_and_publish() -> None:
    command = requests.clone_version(request({"notes": "again", "publish": True}))
    assert command == CloneVersion(**NAMED, comment="again", publish=True, expected_rev=3)
    assert refused(requests.clone_version, {"publish": "yes"}) == "publish"


def test_resolve_tells_null_from_empty() -> None:
    body = {
        "variables": [{"name": "a", "value": ""}, {"name": "b", "value": None}, {"name": "c", "value": ASSET}]
    }
    command = requests.resolve_variables(request(body))
    values = (Given("a", Value("")), Given("b", None), Given("c", Value(ASSET, UID)))
    assert command == ResolveVariables(**NAMED, given=values, evaluate=True)


@pytest.mark.parametrize(("scope", "evaluate"), [(None, True), ("all", True), ("none", False)])
def test_a_validation_scope_of_none_waives_the_rules(scope: str | None, evaluate: bool) -> None:
    assert requests.resolve_variables(request({"validationScope": scope})).evaluate is evaluate


def test_another_validation_scope_is_refused() -> None:
    assert refused(requests.resolve_variables, {"validationScope": "some"}) == "validationScope"
