"""The properties of a database: a caller sees, and counts, those of the assets that they may read."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import ListProperties, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.errors import Hidden, TooLarge
from assetversions.domain.metadata import Metadatum, Property, ValueType
from assetversions.domain.model import AssetRef
from assetversions.domain.results.catalog import PropertyPage
from assetversions.operations.catalog import list_properties as module
from assetversions.operations.catalog.list_properties import list_properties
from assetversions.operations.catalog.update_asset import update_asset

from tests.support import REF, World

SECRET = AssetRef("db1", "secret")


@pytest.fixture
def two(world: World) -> World:
    """One asset has `colour` and `size`, the other `codename` and `size`; later on, `colour` goes."""
    world.add_asset(SECRET, 0x5)
    for ref, *keys in ((REF, "colour", "size"), (SECRET, "codename", "size"), (REF, "size")):
        tell(world, ref, *keys)
    return world


def tell(world: World, ref: AssetRef, *keys: str) -> None:
    metadata = tuple(Metadatum(key, "1", ValueType.NUMBER) for key in sorted(keys))
    head = world.records.asset(ref)
    assert head is not None
    update_asset(UpdateAsset(ref, metadata=metadata), head, world.services())


def hide(world: World) -> None:
    world.guard.hides = True
    world.guard.rule = lambda _action, thing: thing.get("asset_id") != SECRET.asset_id


def page(world: World, size: int = 10, cursor: str | None = None, **how: Any) -> PropertyPage:
    found: PropertyPage = world.run(list_properties, ListProperties("db1", Page(size, cursor), **how))
    return found


def keys(world: World, **how: Any) -> list[str]:
    return [one.key for one in page(world, **how).properties]


def test_who_may_read_every_asset_sees_all_that_there_ever_were(two: World):
    assert keys(two) == ["codename", "colour", "size"]
    assert page(two).total == 3


def test_others_see_and_count_those_of_the_assets_that_they_may_read(two: World):
    hide(two)
    assert keys(two) == ["colour", "size"]
    assert page(two).total == 2


def test_who_may_read_no_asset_sees_none(two: World):
    hide(two)
    two.guard.rule = lambda _action, thing: "asset_id" not in thing
    assert (keys(two), page(two).total) == ([], 0)


def test_pages_go_on_behind_what_was_shown(two: World):
    hide(two)
    first = page(two, 1)
    assert ([one.key for one in first.properties], first.total) == (["colour"], 2)
    second = page(two, 1, first.cursor)
    assert ([one.key for one in second.properties], second.total, second.cursor) == (["size"], 2, None)


@pytest.mark.parametrize(("key", "seen"), [("colour", True), ("codename", False)])
def test_one_alone_is_found_by_its_number_only_where_it_is_seen(two: World, key: str, seen: bool):
    number = Property(key, ValueType.NUMBER).number
    assert keys(two, numbers=frozenset({number})) == [key]
    hide(two)
    assert keys(two, numbers=frozenset({number})) == ([key] if seen else [])


@pytest.mark.parametrize(("hidden", "seen"), [(False, ["codename", "size"]), (True, ["size"])])
def test_those_that_are_asked_for_are_counted_and_come_in_pages(two: World, hidden: bool, seen: list[str]):
    if hidden:
        hide(two)
    wanted = frozenset(Property(key, ValueType.NUMBER).number for key in ("codename", "size", "weight"))
    found, cursor = [], None
    for _ in seen:
        one = page(two, 1, cursor, numbers=wanted)
        found += [shown.key for shown in one.properties]
        assert one.total == len(seen)
        cursor = one.cursor
    assert (found, cursor) == (seen, None)
    assert page(two, numbers=frozenset()) == PropertyPage("db1", [], None, 0)


def test_where_it_takes_too_many_looks_nothing_is_told(two: World, monkeypatch: pytest.MonkeyPatch):
    hide(two)
    monkeypatch.setattr(module, "LOOK", 6_000_000)
    with pytest.raises(TooLarge):
        page(two)


def test_a_database_that_one_may_not_read_has_none(two: World):
    two.guard.rule = lambda _action, _thing: False
    with pytest.raises(Hidden):
        page(two)
