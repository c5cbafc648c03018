"""Vault requests into commands, and what is wrong with those that become none."""

from typing import Any
from uuid import UUID

import pytest
from assetversions.dialects.autodesk_vault import ids, requests
from assetversions.dialects.autodesk_vault.queries import History
from assetversions.dialects.common.http import Request, parse
from assetversions.domain.commands.catalog import ListProperties
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import Expansion, GetVersion, ListVersions, Which
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.ids import MAX_NUMBER, UID_BITS, version_id
from assetversions.domain.metadata import Property, ValueType
from assetversions.domain.model import AssetRef, AssetUid
from hypothesis import given
from hypothesis import strategies as st

UID = 0x123456789ABCDEF012345
VERSION = str(version_id(UID, 7))
ITEM = AssetRef("my-database", "my asset")


def request(query: dict[str, str] | None = None, **path: str) -> Request:
    return Request({"vaultId": "my-database", "id": "my asset"} | path, query or {})


def listing(**query: str) -> ListVersions:
    """`history_` stands for the parameter `option[history]`."""
    named = {f"option[{key[:-1]}]" if key.endswith("_") else key: value for key, value in query.items()}
    return requests.list_versions(request(named))


# ids


@given(st.integers(0, 2**UID_BITS - 1), st.integers(1, MAX_NUMBER))
def test_the_id_of_an_item_version_proves_its_item(uid: int, number: int) -> None:
    made = version_id(uid, number)
    for text in (str(made), str(made).upper()):
        asset, version = ids.read_version("my-database", text)
        assert asset == AssetUid(uid, text, "my-database")
        assert version == VersionRef(version_id=made)


NO_VERSION = ["", "56", "gold", VERSION[:-1], VERSION + "0", str(UUID(int=5)), str(version_id(UID, 1))[::-1]]


@pytest.mark.parametrize("text", [*NO_VERSION, VERSION[:-8] + "0" * 8])
def test_what_is_no_id_of_a_version_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        requests.get_version(request(id=text))


@pytest.mark.parametrize("decode", [requests.list_versions, requests.get_item])
@pytest.mark.parametrize("text", ["", "a/b", " a", "a?", "x" * 257])
def test_what_is_no_id_of_an_item_is_not_found(decode: Any, text: str) -> None:
    with pytest.raises(NotFound):
        decode(request(id=text))


DECODERS = [
    requests.get_vault,
    requests.list_versions,
    requests.get_item,
    requests.get_version,
    requests.list_properties,
    requests.get_property,
]


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("vault", ["", "ab", "a vault", "global", "x" * 64])
def test_what_is_no_id_of_a_vault_is_not_found(decode: Any, vault: str) -> None:
    named = {requests.get_version: VERSION, requests.get_property: "5"}
    with pytest.raises(NotFound):
        decode(request(vaultId=vault, id=named.get(decode, "my asset")))


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "²", "1 ", "1234567890123456", "0x1"])
def test_what_is_no_id_of_a_property_definition_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        requests.get_property(request(id=text))


@given(st.text(), st.sampled_from(ValueType))
def test_the_id_of_a_property_definition_is_a_number_that_leads_to_it(key: str, kind: ValueType) -> None:
    one = Property(key, kind)
    spelled = ids.spell_property(one)
    assert requests.get_property(request(id=spelled)).numbers == {one.number}
    assert int(spelled) < 2**53, "exact in JavaScript, too"


def test_a_property_keeps_its_number_for_ever_and_another_type_has_another_one() -> None:
    numbers = {Property("Floor", kind).number for kind in ValueType}
    assert len(numbers) == len(ValueType)
    assert Property("Floor", ValueType.STRING).number == 278_771_821_952_482


# the history


def test_a_history_is_whole_oldest_first_and_a_hundred_a_page() -> None:
    shown = frozenset({Expansion.NEWEST})
    page = Page(100, None, "cursorState")
    assert listing() == ListVersions(ITEM, page, archived=True, expand=shown, oldest_first=True)


@pytest.mark.parametrize(
    ("option", "which"),
    [
        ("All", Which.ALL),
        ("ReleasedOnly", Which.RELEASED),
        ("ReleasedAndRevisionTip", Which.RELEASED_AND_TIPS),
        ("RevisionTip", Which.TIPS),
    ],
)
def test_the_option_says_which(option: str, which: Which) -> None:
    assert listing(history_=option).which is which


@pytest.mark.parametrize(("text", "oldest_first"), [("true", False), ("false", True), ("True", False)])
def test_descending_is_newest_first(text: str, oldest_first: bool) -> None:
    assert listing(descending=text).oldest_first is oldest_first


def test_limit_and_cursor_make_the_page() -> None:
    assert listing(limit="7", cursorState="abc").page == Page(7, "abc", "cursorState")
    assert listing(limit="1000", cursorState="").page == Page(1000, None, "cursorState")
    assert listing(limit="1").page == Page(1, None, "cursorState")


def test_properties_are_read_where_they_are_asked_for() -> None:
    assert listing(propDefIds_="").expand == {Expansion.NEWEST}
    for text in ("all", "1,2,3", " 1, 2 ", "all,5", "007"):
        assert listing(propDefIds_=text).expand == {Expansion.NEWEST, Expansion.METADATA}


def test_an_id_may_have_zeros_and_spaces_around_it() -> None:
    one = Property("Floor", ValueType.STRING)
    for text in (f" {one.number} ", f"1,00{one.number}", "all", "1,all"):
        assert parse(History, {"option[propDefIds]": text}).wants(one)
    for text in ("1", "", f"{one.number}1"):
        assert not parse(History, {"option[propDefIds]": text}).wants(one)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("option[history]", "Some"),
        ("option[history]", "all"),
        ("option[history]", ""),
        ("option[history]", "All,RevisionTip"),
        ("option[extendedModels]", "maybe"),
        ("option[propDefIds]", "x"),
        ("option[propDefIds]", "1,,2"),
        ("option[propDefIds]", "1,-2"),
        ("option[propDefIds]", "1.5"),
        ("option[propDefIds]", "²"),
        ("option[propDefIds]", "ALL"),
        ("descending", "newest"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "1001"),
        ("limit", "ten"),
        ("limit", ""),
    ],
)
def test_a_bad_parameter_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        requests.list_versions(request({name: value}))
    assert refused.value.field == name


@pytest.mark.parametrize("name", ["sort", "filter", "Limit", "option[latestOnly]"])
def test_a_parameter_that_the_operation_has_not_is_refused(name: str) -> None:
    for decode in DECODERS:
        with pytest.raises(Invalid) as refused:
            decode(request({name: ""}, id="5" if decode is requests.get_property else VERSION))
        assert refused.value.field == name


# the others


def test_a_version_on_its_own_is_read_with_its_properties_unless_told_otherwise() -> None:
    named = AssetUid(UID, VERSION, "my-database"), VersionRef(version_id=UUID(VERSION))
    shown = frozenset({Expansion.NEWEST, Expansion.METADATA})
    assert requests.get_version(request(id=VERSION)) == GetVersion(*named, page=None, expand=shown)
    bare = requests.get_version(request({"option[propDefIds]": ""}, id=VERSION))
    assert bare.expand == {Expansion.NEWEST}


def test_an_item_is_read_with_its_newest_version() -> None:
    shown = frozenset({Expansion.NEWEST, Expansion.METADATA})
    assert requests.get_item(request()) == ListVersions(ITEM, Page(1), archived=True, expand=shown)


def test_an_item_with_its_released_version_reads_no_other() -> None:
    command = requests.get_item(request({"option[releasedOnly]": "true"}))
    assert (command.which, command.page) == (Which.PUBLISHED, Page(1))
    with pytest.raises(Invalid) as refused:
        requests.get_item(request({"option[releasedOnly]": "maybe"}))
    assert refused.value.field == "option[releasedOnly]"


@pytest.mark.parametrize("decode", [requests.get_item, lambda asked: requests.get_version(asked)])
def test_what_is_wrong_with_the_options_of_one_object_is_named(decode: Any) -> None:
    for name, value in (("option[propDefIds]", "x"), ("option[extendedModels]", "x")):
        with pytest.raises(Invalid) as refused:
            decode(request({name: value}, id=VERSION))
        assert refused.value.field == name


def test_property_definitions_are_listed_in_pages() -> None:
    command = requests.list_properties(request({"limit": "3", "cursorState": "abc"}))
    assert command == ListProperties("my-database", Page(3, "abc", "cursorState"))
    with pytest.raises(Invalid):
        requests.list_properties(request({"limit": "1001"}))


FLOOR, SOLD = Property("Floor", ValueType.NUMBER), Property("sold", ValueType.BOOLEAN)


def wanted(**query: str) -> frozenset[int] | None:
    """`systemNames_` stands for the parameter `filter[systemNames]`."""
    named = {f"filter[{key[:-1]}]": value for key, value in query.items()}
    return requests.list_properties(request(named)).numbers


def test_filters_that_are_empty_choose_nothing_out() -> None:
    assert wanted() is None
    assert wanted(entityClassId_="", systemNames_="", propDefIds_="") is None
    assert wanted(entityClassId_="ITEM", propDefIds_="all") is None


def test_property_definitions_are_found_by_name_and_by_id() -> None:
    assert wanted(propDefIds_=f" {FLOOR.number}, 5") == {FLOOR.number, 5}
    by_name = wanted(systemNames_="Floor, sold")
    assert by_name is not None
    assert by_name >= {FLOOR.number, SOLD.number}, "whatever type they have"
    assert wanted(systemNames_="Floor", propDefIds_=f"{FLOOR.number},{SOLD.number}") == {FLOOR.number}


@pytest.mark.parametrize("other", ["FILE", "FLDR", "CO"])
def test_what_is_no_item_has_no_properties_here(other: str) -> None:
    assert wanted(entityClassId_=other) == frozenset()


@pytest.mark.parametrize(
    ("name", "value"), [("entityClassId", "item"), ("propDefIds", "x"), ("propDefIds", "1,,2")]
)
def test_a_bad_filter_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        wanted(**{f"{name}_": value})
    assert refused.value.field == f"filter[{name}]"
