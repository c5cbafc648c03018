"""The assets of all databases: each once, in order, in bounded pages, and nothing hidden is told."""

from functools import partial

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset, ListAllAssets, ListAssets
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import ArchiveVersion, CreateVersion
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef, Database, State
from assetversions.engine import paging, standing
from assetversions.operations.catalog import list_all_assets as all_listed
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.list_all_assets import list_all_assets
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.create_version import create_version
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.operations.test_bounded_lists import Counted, pages, told

SCOPE = "all assets archived=False"


def fill(world: Counted, kept: dict[str, list[str]]) -> None:
    uid = 10**9
    for database_id, names in kept.items():
        world.records.add_database(Database(database_id, "", world.clock.now(), "ann"))
        for name in names:
            uid += 1
            world.add_asset(AssetRef(database_id, name), uid)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=7),
    st.sets(st.integers(0, 20)),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sets(st.integers(0, 6)),
)
def test_pages_show_each_asset_that_may_be_read_once_and_in_order(
    sizes: list[int], seen: set[int], size: int, most: int, hidden: int, closed: set[int]
):
    world = Counted()
    kept = {f"secret-{one}": [f"hidden-{one}-{at}" for at in range(count)] for one, count in enumerate(sizes)}
    fill(world, kept)
    everything = [("db1", "a1"), *((one, name) for one, names in kept.items() for name in names)]
    shut = {f"secret-{one}" for one in closed}
    wanted = [pair for number, pair in enumerate(everything) if number in seen and pair[0] not in shut]
    world.guard.rule = lambda _action, thing: (thing["database_id"], thing.get("asset_id")) in wanted
    nothing: frozenset[tuple[str, str]] = frozenset()
    world.guard.assets_within = lambda _database_id: nothing if _database_id in shut else None  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_listed, "MOST", most)
        patch.setattr(paging, "MOST_HIDDEN", hidden)
        found = [page for page, _ in pages(world, list_all_assets, ListAllAssets, size)]
    shown = [(one.ref.database_id, one.ref.asset_id) for page in found for one in page.assets]
    assert shown == wanted
    for page in found:
        named = told(page.cursor)
        assert not any(f"#{name}".encode() in named for one, name in everything if (one, name) not in wanted)


def test_a_page_goes_through_a_hundred_databases_and_ends_there():
    world = Counted()
    fill(world, {f"empty-{number:03}": [] for number in range(250)} | {"last": ["a"]})
    found = pages(world, list_all_assets, ListAllAssets, 10)
    assert [[one.ref.database_id for one in page.assets] for page, _ in found] == [["db1"], [], ["last"]]
    assert all(calls <= 100 + 4 for _, calls in found)


def test_the_first_database_behind_those_that_a_page_went_through_is_not_left_out():
    world = Counted()
    fill(world, {f"empty-{number:03}": [] for number in range(99)} | {"next": ["a"]})
    found = pages(world, list_all_assets, ListAllAssets, 10)
    assert [[one.ref.database_id for one in page.assets] for page, _ in found] == [["db1"], ["next"]]


def test_databases_in_which_nothing_may_be_read_cost_no_query():
    world = Counted()
    fill(world, {f"other-{number:03}": [f"x{number}"] for number in range(250)})
    world.guard.assets_within = lambda _database_id: None if _database_id == "db1" else frozenset()  # type: ignore[method-assign]
    page, calls = world.page(list_all_assets, ListAllAssets(Page(10)))
    assert ([one.ref.database_id for one in page.assets], page.cursor) == (["db1"], None)
    assert calls <= 3


def test_active_assets_are_listed_or_archived_ones_alone():
    world = Counted()
    fill(world, {"db2": ["old", "new"]})
    old = AssetRef("db2", "old")
    world.run(archive_asset, ArchiveAsset(old), head=world.records.asset(old))
    names = {
        archived: [
            one.ref.asset_id for one in world.run(list_all_assets, ListAllAssets(Page(10), archived)).assets
        ]
        for archived in (False, True)
    }
    assert names == {False: ["a1", "new"], True: ["old"]}


def test_lists_have_the_version_that_an_asset_points_at():
    world = Counted()
    world.add(["b1"])
    world.create(comment="the first")
    world.create(comment="the second")
    for page in (
        world.run(list_all_assets, ListAllAssets(Page(10))),
        world.run(list_assets, ListAssets("db1", Page(10))),
    ):
        assert [one.ref.asset_id for one in page.assets] == ["a1", "b1"]
        assert {ref.asset_id: one.comment for ref, one in page.current.items()} == {"a1": "the second"}


@pytest.mark.parametrize("position", ["/x~1", "/" + "0" * 23, "/~0", "a/b~3"])
def test_a_place_that_nobody_was_given_is_refused(position: str):
    with pytest.raises(Invalid):
        Counted().run(list_all_assets, ListAllAssets(Page(1, seal(SCOPE, position))))


@pytest.mark.parametrize("most", [1, 3, 4, 1_000])
def test_a_page_ends_where_too_many_versions_would_be_looked_at(most: int):
    """Three versions in the archive of each asset, and one that has none."""
    world = Counted()
    fill(world, {"zoo": ["ape", "bear", "cat", "dog"]})
    shelved = [AssetRef("zoo", name) for name in ("ape", "bear", "dog")]
    for ref in shelved:
        for _ in range(3):
            made = world.run(
                create_version, CreateVersion(ref, allow_empty=True), head=world.records.asset(ref)
            )
            away = ArchiveVersion(ref, VersionRef(number=made.version.number))
            world.run(archive_version, away, head=made.asset)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "MOST_PASSED", most)
        found = [
            page for page, _ in pages(world, list_all_assets, partial(ListAllAssets, standing=True), 100)
        ]
    assert [one.ref.asset_id for page in found for one in page.assets] == ["a1", "ape", "bear", "cat", "dog"]
    assert {ref: one.state for page in found for ref, one in page.standing.items()} == dict.fromkeys(
        shelved, State.ARCHIVED
    )
    assert len(found) == (1 if most == 1_000 else 2 if most > 3 else 3)
