"""Data Management requests into commands, and what is wrong with those that become none."""

import json
from typing import Any

import pytest
from assetversions.dialects.autodesk_dm import ids, requests
from assetversions.dialects.common.http import Request
from assetversions.domain.commands.common import Offset, VersionRef
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.commands.versions import Expansion, GetVersion, ListVersions
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.ids import MAX_NUMBER, UID_BITS
from assetversions.domain.model import AssetRef, AssetUid
from hypothesis import given
from hypothesis import strategies as st

UID = 0x123456789ABCDEF012345
ITEM = ids.spell_item(UID)
VERSION = ids.spell_version(UID, 7)
TYPE = "versions:autodesk.bim360:File"
OF_ITEM = ids.VERSION_PREFIX + ITEM.removeprefix(ids.ITEM_PREFIX)


def request(body: Any = None, query: dict[str, str] | None = None, **path: str) -> Request:
    paths = {"project_id": "b.my-project", "item_id": ITEM, "version_id": VERSION} | path
    sent = "" if body is None else json.dumps(body)
    return Request(paths, query or {}, {"if-match": '"3"'}, sent)


def wanted(query: dict[str, str], **path: str) -> Any:
    found = requests.list_versions(request(query=query, **path)).numbers
    return None if found is None else set(found)


def paged(size: int, start: int = 0, newest: int | None = None) -> Offset:
    return Offset(size, start, newest, size_field="page[limit]")


def refused(decode: Any, body: Any = None, query: dict[str, str] | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        decode(request(body, query))
    return caught.value.field


# ids


@given(st.integers(0, 2**UID_BITS - 1), st.integers(1, MAX_NUMBER))
def test_a_urn_reads_back_as_what_it_was(uid: int, number: int):
    item, version = ids.spell_item(uid), ids.spell_version(uid, number)
    assert ids.read_item("b.db1", item) == AssetUid(uid, item, "db1")
    assert ids.split_version(version) == (uid, number)
    name = AssetUid(uid, version, "db1")
    assert ids.read_version("db1", version) == (name, VersionRef(number=number))


def test_an_item_may_be_named_by_the_urn_of_its_versions_and_by_its_asset_id():
    text = VERSION.split("?")[0]
    for named in (text, VERSION, f"{OF_ITEM}?version=7", OF_ITEM):
        assert requests.get_item(request(item_id=named)).asset == AssetUid(UID, named, "my-project")
    assert requests.get_item(request(item_id="Größe 1")).asset == AssetRef("my-project", "Größe 1")


@pytest.mark.parametrize(
    "text",
    ["urn:adsk.wipprod:dm.lineage:", ITEM + "x", ITEM[:-1] + "=", "z" + ITEM, VERSION + "0", "a/b", "a:b"],
)
def test_what_is_no_item_is_not_found(text: str):
    with pytest.raises(NotFound, match="item"):
        requests.list_versions(request(item_id=text))


def test_a_version_is_named_by_what_a_gateway_leaves_of_its_urn():
    """HTTP APIs may cut a path at a `?`, however it was escaped; what is left has the number in its key."""
    cut = VERSION.split("?")[0]
    assert ids.split_version(cut) == ids.split_version(VERSION) == (UID, 7)


def test_a_version_may_be_named_by_its_item_and_its_number_as_the_vendor_does():
    assert ids.split_version(f"{OF_ITEM}?version=7") == ids.split_version(f"{ITEM}?version=7") == (UID, 7)


NO_VERSION = [
    "",
    "7",
    ITEM,
    OF_ITEM,
    VERSION + "x",
    VERSION[:-1] + "0",
    VERSION[:-1] + "8",
    VERSION + "0" * 10,
]


@pytest.mark.parametrize("text", [*NO_VERSION, f"{VERSION[:-1]}{MAX_NUMBER + 1}"])
@pytest.mark.parametrize("decode", [requests.get_version, requests.get_version_item])
def test_what_is_no_version_is_not_found(decode: Any, text: str):
    with pytest.raises(NotFound, match="version"):
        decode(request(version_id=text))


@pytest.mark.parametrize("project", ["", "b.", "a", "b.b.project", "global", "a b c"])
def test_what_is_no_project_is_not_found(project: str):
    with pytest.raises(NotFound, match="project"):
        requests.get_version(request(project_id=project))
    with pytest.raises(NotFound, match="project"):
        requests.list_versions(request(project_id=project))


# list


def test_list_has_200_a_page_and_every_state():
    command = requests.list_versions(request())
    asset = AssetUid(UID, ITEM, "my-project")
    assert command == ListVersions(asset, paged(200), archived=True, expand=frozenset({Expansion.THERE}))


def test_a_page_begins_behind_those_before_it():
    query = {"page[number]": "3", "page[limit]": "50"}
    assert requests.list_versions(request(query=query)).page == paged(50, 150)
    query["page[newest]"] = "900"
    assert requests.list_versions(request(query=query)).page == paged(50, 150, 900)
    query["page[below]"] = "741"
    assert requests.list_versions(request(query=query)).page == paged(50, 0, 740)


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({"page[number]": "0"}, paged(200, 0)),
        ({"page[number]": str(MAX_NUMBER), "page[limit]": "1"}, paged(1, MAX_NUMBER)),
        ({"page[limit]": "1"}, paged(1)),
        ({"page[limit]": "200"}, paged(200)),
        ({"page[newest]": "1"}, paged(200, 0, 1)),
        ({"page[newest]": str(MAX_NUMBER)}, paged(200, 0, MAX_NUMBER)),
        ({"page[below]": "1"}, paged(200, 0, 0)),
        ({"page[below]": str(MAX_NUMBER)}, paged(200, 0, MAX_NUMBER - 1)),
    ],
)
def test_the_least_and_the_most_of_a_page_are_taken(query: dict[str, str], page: Offset):
    assert requests.list_versions(request(query=query)).page == page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page[number]", str(MAX_NUMBER + 1)), ("page[newest]", str(MAX_NUMBER + 1)),
        ("page[below]", str(MAX_NUMBER + 1)), ("page[below]", "0"), ("page[newest]", "-1"),
        ("filter[versionNumber]", str(-(2**31) - 1)),
        ("page[number]", "-1"), ("page[number]", "x"), ("page[number]", ""), ("page[number]", "1,2"),
        ("page[number]", "9" * 30), ("page[number]", "9" * 5_000), ("page[limit]", "0"),
        ("page[limit]", "201"), ("page[limit]", "ten"), ("page[newest]", "0"), ("page[below]", "x"),
        ("filter[versionNumber]", "x"), ("filter[versionNumber]", ""), ("filter[versionNumber]", "1,x"),
        ("filter[versionNumber]", str(2**31)), ("filter[versionNumber]", "9" * 5_000), ("filter[id]", " , "),
        ("filter[versionNumber]", ",".join(["1"] * 201)), ("filter[id]", ",".join([VERSION] * 201)),
        ("filter[extension.type]", ",".join([TYPE] * 201)), ("filter[extension.type]", ""),
    ],
)  # fmt: skip
def test_a_bad_query_names_its_parameter(name: str, value: str):
    field = refused(requests.list_versions, query={name: value})
    assert field.removesuffix(".0").removesuffix(".1") == name


def test_filters_are_lists_of_which_one_has_to_match():
    assert wanted({}) is None
    assert wanted({"filter[versionNumber]": "3, 1,,2"}) == {1, 2, 3}
    assert wanted({"filter[versionNumber]": "0,-5"}) == {0, -5}
    assert wanted({"filter[versionNumber]": f"{-(2**31)},{2**31 - 1}"}) == {-(2**31), 2**31 - 1}
    assert wanted({"filter[id]": f"{VERSION},{ids.spell_version(UID, 9)}"}) == {7, 9}
    assert wanted({"filter[extension.type]": f"versions:other,{TYPE}"}) is None
    assert len(wanted({"filter[versionNumber]": ",".join(map(str, range(200)))})) == 200
    assert wanted({"filter[id]": ",".join([VERSION] * 200)}) == {7}
    assert wanted({"filter[extension.type]": ",".join([TYPE] * 200)}) is None


def test_all_filters_have_to_match():
    query = {"filter[id]": VERSION, "filter[versionNumber]": "6,7", "filter[extension.type]": TYPE}
    assert wanted(query) == {7}
    assert wanted(query | {"filter[versionNumber]": "6"}) == set()
    assert wanted(query | {"filter[extension.type]": "versions:autodesk.core:File"}) == set()


@pytest.mark.parametrize("text", ["nothing", "7", ids.spell_version(UID + 1, 7), ITEM])
def test_what_is_no_version_of_this_item_matches_nothing(text: str):
    assert wanted({"filter[id]": text}) == set()


# get


def test_get_names_the_version_and_its_item_alike():
    asset, version = AssetUid(UID, VERSION, "my-project"), VersionRef(number=7)
    assert requests.get_version(request()) == GetVersion(
        asset, version, page=None, expand=frozenset({Expansion.THERE})
    )
    assert requests.get_version_part(request()) == GetVersion(asset, version, page=None)
    assert requests.get_version_item(request()).asset == asset


def test_a_urn_that_was_not_escaped_has_its_number_in_the_query():
    plain = request(query={"version": "7"}, version_id=VERSION.split("?")[0])
    assert requests.get_version(plain) == requests.get_version(request())
    assert requests.version_urn(request(query={"version": "8"})) == VERSION


@pytest.mark.parametrize("number", ["", "x", "0", "7/refs", "7,8"])
def test_such_a_number_must_be_one(number: str):
    with pytest.raises(NotFound, match="version"):
        requests.get_version(request(query={"version": number}, version_id=VERSION.split("?")[0]))


def test_an_item_is_shown_with_its_newest_version():
    command = requests.get_item(request())
    assert (command.page, command.archived, command.numbers) == (Offset(1), True, None)


# jobs


def test_the_id_of_a_job_names_its_item_which_no_path_does():
    spelled = ids.spell_job(UID, "0190-job")
    asked = requests.get_job(request(job_id=spelled))
    assert asked == GetJob(AssetUid(UID, spelled, "my-project"), "0190-job")


@pytest.mark.parametrize("text", ["", "0190-job", ITEM, f"{ITEM}.0190", "A.0190", ids.spell_job(UID, "")])
def test_what_is_no_job_is_not_found(text: str):
    with pytest.raises(NotFound, match="operation"):
        requests.get_job(request(job_id=text))


# parameters


@pytest.mark.parametrize(
    "decode",
    [
        requests.list_versions, requests.get_item, requests.get_item_part, requests.get_item_refs,
        requests.get_version, requests.get_version_part, requests.get_version_item, requests.get_job,
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x", "filter[x]", "page[size]", "filter[versionNumber]-odd", "include"])
def test_a_parameter_that_is_not_known_is_refused(decode: Any, name: str):
    with pytest.raises(Invalid) as caught:
        decode(request(query={name: "1"}, job_id=ids.spell_job(UID, "j")))
    assert caught.value.field == name


def test_an_item_may_tell_its_path_in_the_project():
    assert requests.wants_path(request(query={"includePathInProject": "true"}))
    assert refused(requests.get_item, query={"includePathInProject": "x"}) == "includePathInProject"
