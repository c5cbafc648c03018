"""The versions of all assets of a database: what is shown, in which order, page by page, and at what cost."""

from typing import Any

import pytest
from assetversions.domain.commands.asset_versions import AssetOrder, ListAssetVersions, Shown
from assetversions.domain.commands.catalog import ArchiveAsset, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import CreateVersion, DeleteVersion, Expansion, PublishVersion
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Hidden, Invalid, NotFound
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.engine import paging
from assetversions.operations.catalog import list_asset_versions as listed
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.list_asset_versions import list_asset_versions
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import World, number
from tests.support.world import REF

# What is made of each asset: its name, how many versions, which are deleted, which one is published.
ASSETS = st.lists(
    st.tuples(
        st.sampled_from(["Bolt", "bolt", "Assembly", "nut", "Ä"]),
        st.integers(0, 4),
        st.sets(st.integers(1, 4)),
        st.integers(0, 4),
    ),
    max_size=6,
)
SHOWN = st.sampled_from(Shown)
ORDERS = st.sampled_from(AssetOrder)
Made = tuple[str, int, set[int], int]


def filled(assets: list[Made]) -> World:
    world = World()
    for at, (name, versions, deleted, published) in enumerate(assets, start=2):
        ref = AssetRef("db1", f"a{at}")
        world.add_asset(ref, at)
        _run(world, update_asset, UpdateAsset(ref, name=name))
        for _ in range(versions):
            _run(world, create_version, CreateVersion(ref, allow_empty=True))
        if 0 < published <= versions:
            _run(world, publish_version, PublishVersion(ref, number(published)))
        for gone in sorted(one for one in deleted if one <= versions):
            _run(world, delete_version, DeleteVersion(ref, number(gone)))
    return world


def _run(world: World, operation: Any, command: Any) -> Any:
    return world.run(operation, command, head=world.records.asset(command.asset))


def pages(world: World, size: int = 100, **asked: Any) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while cursor or not found:
        found.append(world.run(list_asset_versions, ListAssetVersions("db1", Page(size, cursor), **asked)))
        cursor = found[-1].cursor
    return found


def rows(found: list[Any]) -> list[tuple[str, int | None]]:
    return [
        (row.asset.ref.asset_id, row.version and row.version.number) for page in found for row in page.rows
    ]


def expected(world: World, shown: Shown, order: AssetOrder, bare: bool) -> list[tuple[str, int | None]]:
    assets = list(world.records.assets("db1", None, 100))
    if order is not AssetOrder.ID:
        assets.sort(key=lambda one: (one.name.casefold(), one.name, one.uid))
    if order is AssetOrder.NAME_DOWN:
        assets.reverse()
    wanted: list[tuple[str, int | None]] = []
    for asset in assets:
        live = [one for one in world.records.versions(asset.ref, None, 9, True) if one.state != "deleted"]
        numbers = [one.number for one in live]
        if shown is Shown.NEWEST:
            numbers = numbers[-1:]
        if shown is Shown.PUBLISHED:
            numbers = [one.number for one in live if one.state == "published"]
        name = asset.ref.asset_id
        wanted += [(name, one) for one in numbers] or (
            [(name, None)] if bare and shown is not Shown.ALL else []
        )
    return wanted


@settings(deadline=None)
@given(ASSETS, SHOWN, ORDERS, st.booleans(), st.integers(1, 4), st.integers(1, 3))
def test_pages_end_to_end_are_exactly_what_there_is(
    assets: list[Made], shown: Shown, order: AssetOrder, bare: bool, size: int, hidden: int
) -> None:
    world, asked = filled(assets), {"shown": shown, "order": order, "bare": bare}
    bare = bare and shown is not Shown.ALL
    asked["bare"] = bare
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MOST_HIDDEN", hidden)
        found = pages(world, size, **asked)
    assert rows(found) == expected(world, shown, order, bare)
    assert all(len(page.rows) <= size for page in found)
    known = None if order is AssetOrder.ID else len(rows(found))
    assert {page.total for page in found} == {known}


def test_a_text_is_looked_for_in_names_whatever_their_case() -> None:
    world = filled([("Bolt", 1, set(), 0), ("Assembly", 1, set(), 0), ("a bolt", 2, set(), 0)])
    for order in AssetOrder:
        assert sorted(rows(pages(world, 1, order=order, text="BOLT"))) == [("a2", 1), ("a4", 2)]
    assert rows(pages(world, text="nothing")) == []


def test_an_archived_asset_is_not_listed() -> None:
    world = filled([("Bolt", 1, set(), 0), ("Nut", 1, set(), 0)])
    _run(world, archive_asset, ArchiveAsset(AssetRef("db1", "a2")))
    assert rows(pages(world)) == [("a3", 1)]


def test_each_is_shown_with_what_was_asked_for_and_the_state_of_the_newest() -> None:
    world = filled([("Bolt", 3, set(), 2)])
    _run(
        world,
        update_asset,
        UpdateAsset(AssetRef("db1", "a2"), metadata=(Metadatum("Floor", "3", ValueType.NUMBER),)),
    )
    _run(world, create_version, CreateVersion(AssetRef("db1", "a2"), allow_empty=True))
    shown = frozenset({Expansion.NEWEST, Expansion.METADATA})
    [page] = pages(world, shown=Shown.ALL, expand=shown)
    assert [len(row.extras.metadata) for row in page.rows] == [0, 0, 0, 1]
    assert {row.extras.newest_state for row in page.rows} == {"draft"}


@pytest.mark.parametrize("order", AssetOrder)
@pytest.mark.parametrize("renamed", ["Bolt", "zzz", "a"])
def test_what_changes_while_somebody_pages_hides_nothing_else(order: AssetOrder, renamed: str) -> None:
    """What is called otherwise meanwhile may come once more, at its new place."""
    world = filled([("Bolt", 2, set(), 0), ("Nut", 2, set(), 0)])
    asked: dict[str, Any] = {"shown": Shown.ALL, "order": order}
    first = world.run(list_asset_versions, ListAssetVersions("db1", Page(1), **asked))
    before = rows(pages(world, **asked))
    [at] = rows([first])
    _run(world, update_asset, UpdateAsset(AssetRef("db1", at[0]), name=renamed))
    _run(world, create_version, CreateVersion(AssetRef("db1", at[0]), allow_empty=True))
    rest: list[Any] = []
    cursor = first.cursor
    while cursor:
        rest.append(world.run(list_asset_versions, ListAssetVersions("db1", Page(1, cursor), **asked)))
        cursor = rest[-1].cursor
    seen = [at, *rows(rest)]
    assert list(dict.fromkeys(one for one in seen if one in before)) == before
    assert renamed != "Bolt" or len(set(seen)) == len(seen)


def test_a_page_has_few_where_more_has_to_be_read_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST_EXPANDED", 2)
    world = filled([("Bolt", 3, set(), 1)] * 3)
    assert [len(page.rows) for page in pages(world, shown=Shown.ALL)] == [2, 2, 2, 2, 1]
    assert [len(page.rows) for page in pages(world, expand=frozenset({Expansion.METADATA}))] == [2, 1]
    assert [len(page.rows) for page in pages(world, expand=frozenset({Expansion.NEWEST}))] == [3]


def test_more_than_can_be_put_in_order_are_refused_by_the_field_and_listed_by_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listed, "MOST_SORTED", 3)
    world = filled([("Bolt", 1, set(), 0)] * 2)
    assert len(rows(pages(world, order=AssetOrder.NAME))) == 2
    world.add_asset(AssetRef("db1", "b"), 99)
    for text in ("", "nothing"):
        with pytest.raises(Invalid) as refused:
            pages(world, order=AssetOrder.NAME, order_field="sort", text=text)
        assert refused.value.field == "sort"
        assert "ask for 'Id'" in refused.value.message
    assert len(rows(pages(world))) == 2


def test_who_may_read_nothing_is_told_nothing_whatever_they_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST_SORTED", 1)
    world = filled([("Bolt", 1, set(), 0)] * 2)
    world.guard.rule = lambda _action, _thing: False
    for order in AssetOrder:
        with pytest.raises(Hidden):
            pages(world, order=order)
    world.guard.rule = lambda _action, _thing: True
    with pytest.raises(NotFound):
        world.run(list_asset_versions, ListAssetVersions("nowhere", Page(5)))


def test_who_may_read_some_of_it_finds_nothing_where_there_is_nothing_of_that() -> None:
    world = filled([("Bolt", 1, set(), 0)] * 2)
    world.guard.rule = lambda _action, thing: thing.get("asset_id") == "a3"
    for order in AssetOrder:
        assert rows(pages(world, order=order)) == [("a3", 1)]
        assert rows(pages(world, order=order, text="nothing")) == []
        assert rows(pages(world, order=order, shown=Shown.PUBLISHED)) == []


@pytest.mark.parametrize("order", AssetOrder)
@pytest.mark.parametrize(
    "position", ["a2:x", "a2:99999999999", "a2:", ":1", "1:zz:Bolt", f"9999999999:{2:023x}:Bolt", "a/b", 7]
)
def test_a_cursor_that_nobody_was_given_is_refused_or_harmless(order: AssetOrder, position: Any) -> None:
    world = filled([("Bolt", 1, set(), 0)])
    scope = listed._scope(ListAssetVersions("db1", Page(1), shown=Shown.ALL, order=order))
    asked = ListAssetVersions("db1", Page(1, seal(scope, position)), shown=Shown.ALL, order=order)
    if order is AssetOrder.ID and position == ":1":
        assert rows([world.run(list_asset_versions, asked)]) == [("a2", 1)]
        return
    with pytest.raises(Invalid):
        world.run(list_asset_versions, asked)


def test_the_asset_of_the_world_has_no_version_and_is_bare() -> None:
    assert rows(pages(World(), bare=True)) == [(REF.asset_id, None)]
    assert rows(pages(World())) == []
