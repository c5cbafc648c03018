"""Disguise requests into commands, and what is wrong with those that become none."""

import json
from typing import Any
from uuid import UUID

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.disguise import ids, requests
from assetversions.domain.commands.common import Offset, VersionRef
from assetversions.domain.commands.versions import AdjustVersion, DeleteVersion, Expansion, GetVersion
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.ids import MAX_NUMBER, UID_BITS, version_id
from assetversions.domain.model import AssetRef, AssetUid
from hypothesis import given
from hypothesis import strategies as st

UID = 0x123456789ABCDEF012345
CONTENT, VERSION = ids.spell_asset(UID), str(version_id(UID, 7))
NAMED: dict[str, Any] = {
    "asset": AssetUid(UID, CONTENT, "my-drive"),
    "version": VersionRef(version_id=version_id(UID, 7)),
}
DECODERS = [
    requests.list_versions,
    requests.get_version,
    requests.adjust_version,
    requests.delete_version,
]


def request(body: Any = None, query: Any = None, **path: str) -> Request:
    paths = {"drive_id": "my-drive", "content_id": CONTENT, "version_id": VERSION} | path
    return Request(paths, query or {}, {"if-match": '"3"'}, "" if body is None else json.dumps(body))


def refused(decode: Any, body: Any = None, query: dict[str, str] | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        decode(request(body, query))
    return caught.value.field


def missing(decode: Any, **path: str) -> str:
    with pytest.raises(NotFound) as caught:
        decode(request(**path))
    return caught.value.kind


# ids


@given(st.integers(0, 2**UID_BITS - 1), st.integers(1, MAX_NUMBER))
def test_an_id_reads_back_as_what_it_was(uid: int, number: int) -> None:
    content = ids.spell_asset(uid)
    assert str(UUID(content)) == content
    assert ids.read_asset("my-drive", content) == AssetUid(uid, content, "my-drive")
    assert ids.read_version(str(version_id(uid, number))).version_id == version_id(uid, number)


@pytest.mark.parametrize("content", ["engine", "Größe 1", "4179dc26-88cb-49ab-af97-5a4ddc2ac446", VERSION])
def test_a_content_may_be_named_by_its_asset_id(content: str) -> None:
    """A UUID that is not one of ours may be somebody's asset id."""
    assert ids.read_asset("my-drive", content) == AssetRef("my-drive", content)


@pytest.mark.parametrize("text", ["", "7", "gold", VERSION[:-1], CONTENT, str(UUID(int=5)), VERSION + "0"])
def test_what_is_no_version_id_is_not_found(text: str) -> None:
    assert missing(requests.get_version, version_id=text) == "version"


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("drive", ["", "a", "my drive", "global", "x" * 64])
def test_what_is_no_drive_is_not_found(decode: Any, drive: str) -> None:
    assert missing(decode, drive_id=drive, version_id="gold") == "database"


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("content", ["", "a/b", ".hidden", "x" * 257])
def test_what_is_no_content_is_not_found(decode: Any, content: str) -> None:
    assert missing(decode, content_id=content) == "asset"


# list and get


def test_list_has_15_a_page_oldest_first_and_archived_ones() -> None:
    command = requests.list_versions(request())
    assert command.page == Offset(15, 0, size_field="per_page")
    assert (command.archived, command.oldest_first) == (True, True)
    assert command.expand == {Expansion.LINKS, Expansion.STATUS}


@pytest.mark.parametrize(
    ("page", "per_page", "start"),
    [("1", "100", 0), ("2", "100", 100), ("7", "1", 6), (str(MAX_NUMBER), "100", MAX_NUMBER)],
)
def test_a_page_begins_behind_those_before_it(page: str, per_page: str, start: int) -> None:
    command = requests.list_versions(request(query={"page": page, "per_page": per_page}))
    assert command.page == Offset(int(per_page), start, size_field="per_page")


@pytest.mark.parametrize(
    ("name", "value"),
    [("page", value) for value in ("0", "-1", "", "x", "1.5", "1,2", str(MAX_NUMBER + 1))]
    + [("per_page", value) for value in ("0", "-1", "101", "x", "15,15")],
)
def test_a_bad_query_names_its_field(name: str, value: str) -> None:
    assert refused(requests.list_versions, query={name: value}) == name


def test_get_asks_for_no_files() -> None:
    assert requests.get_version(request()) == GetVersion(**NAMED, page=None, expand=requests.SHOWN)


# update and delete


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (None, {}),
        ({}, {}),
        ({"unknown": 1}, {}),
        ({"set_active": False}, {}),
        ({"label": "Version 1"}, {"comment": "Version 1"}),
        ({"label": None}, {"comment": ""}),
        ({"label": ""}, {"comment": ""}),
        ({"label": "ü" * 1024}, {"comment": "ü" * 1024}),
        ({"set_active": True}, {"activate": True}),
        ({"label": "Version 1", "set_active": True}, {"comment": "Version 1", "activate": True}),
    ],
)
def test_update_changes_what_is_sent(body: Any, facts: dict[str, Any]) -> None:
    wanted = AdjustVersion(**NAMED, **facts, expand=requests.SHOWN, expected_rev=3)
    assert requests.adjust_version(request(body)) == wanted


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("text", "body"),
        ({"label": 7}, "label"),
        ({"label": ["x"]}, "label"),
        ({"label": "x" * 1025}, "label"),
        ({"set_active": "true"}, "set_active"),
        ({"set_active": 1}, "set_active"),
        ({"set_active": None}, "set_active"),
    ],
)
def test_a_bad_body_names_its_field(body: Any, field: str) -> None:
    assert refused(requests.adjust_version, body) == field


def test_delete_keeps_the_last_one() -> None:
    wanted = DeleteVersion(**NAMED, keep_last=True, gone=True, expected_rev=3)
    assert requests.delete_version(request()) == wanted
