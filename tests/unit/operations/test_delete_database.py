"""A database goes where no asset of it is active; its archived assets stay, and its name is free again."""

import pytest
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    CreateDatabase,
    DeleteDatabase,
    GetDatabase,
    ListAssets,
    ListDatabases,
    UnarchiveAsset,
)
from assetversions.domain.commands.common import Page
from assetversions.domain.errors import Forbidden, Invalid, NotFound, TooLarge
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.operations.catalog import delete_database as deleting
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.create_database import create_database
from assetversions.operations.catalog.delete_database import delete_database
from assetversions.operations.catalog.get_database import get_database
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.catalog.list_databases import list_databases
from assetversions.operations.catalog.unarchive_asset import unarchive_asset

from tests.support import REF, World
from tests.support.world import AnyWorld
from tests.unit.operations.test_bounded_lists import Counted

DELETE = DeleteDatabase("db1")


@pytest.fixture(params=[World, Counted], ids=["fakes", "storage"])
def either(request: pytest.FixtureRequest) -> AnyWorld:
    """Over the fakes, and over the real storage."""
    world: AnyWorld = request.param()
    return world


def archive(world: AnyWorld) -> None:
    world.run(archive_asset, ArchiveAsset(REF))


def names(world: AnyWorld) -> list[str]:
    page = world.run(list_databases, ListDatabases(Page(10)))
    return [one.database_id for one in page.databases]


def test_one_with_an_active_asset_stays(either: AnyWorld):
    with pytest.raises(Invalid, match="active assets") as refused:
        either.run(delete_database, DELETE)
    assert (refused.value.field, names(either)) == ("databaseId", ["db1"])


def test_an_active_asset_counts_that_the_caller_may_not_read(either: AnyWorld):
    either.guard.rule = lambda _action, thing: "asset_id" not in thing
    with pytest.raises(Invalid, match="active assets"):
        either.run(delete_database, DELETE)


def test_once_its_assets_are_archived_it_goes_and_can_not_go_twice(either: AnyWorld):
    archive(either)
    either.run(delete_database, DELETE)
    assert names(either) == []
    for operation, command in ((get_database, GetDatabase("db1")), (delete_database, DELETE)):
        with pytest.raises(NotFound, match="database"):
            either.run(operation, command)


def test_its_archived_assets_stay_as_they_are_until_there_is_a_database_of_that_name(either: AnyWorld):
    archive(either)
    either.run(delete_database, DELETE)
    with pytest.raises(NotFound, match="database"):
        either.run(unarchive_asset, UnarchiveAsset(REF))
    either.run(create_database, CreateDatabase("db1", "another"))
    assert (names(either), either.run(get_database, GetDatabase("db1")).database.description) == (
        ["db1"],
        "another",
    )
    shown = either.run(list_assets, ListAssets("db1", Page(10), archived=True))
    assert [one.ref for one in shown.assets] == [REF]
    either.run(unarchive_asset, UnarchiveAsset(REF))
    assert either.head().archived_at is None


def test_nothing_is_said_of_a_new_one_of_its_name(either: AnyWorld):
    either.records.say("db1", (Metadatum("k", "v", ValueType.STRING),), 0)
    archive(either)
    either.run(delete_database, DELETE)
    either.run(create_database, CreateDatabase("db1", "another"))
    assert either.records.said("db1") == ((), 0)


def test_it_takes_the_right_to_delete_and_a_refusal_tells_nothing(either: AnyWorld):
    archive(either)
    either.guard.rule = lambda action, _thing: action == "read"
    with pytest.raises(Forbidden, match="delete"):
        either.run(delete_database, DELETE)
    either.guard.rule = lambda _action, _thing: False
    for name in ("db1", "no-such"):
        with pytest.raises(Forbidden, match="see"):
            either.run(delete_database, DeleteDatabase(name))
    either.guard.rule = lambda _action, _thing: True
    assert names(either) == ["db1"]


def test_the_look_for_active_assets_has_an_end(either: AnyWorld, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(deleting, "MOST", 1)
    archive(either)
    either.run(delete_database, DELETE)
    either.run(create_database, CreateDatabase("db1", "another"))
    other = AssetRef("db1", "a2")
    either.add_asset(other, 99)
    either.run(archive_asset, ArchiveAsset(other), head=either.records.asset(other))
    with pytest.raises(TooLarge, match="archived"):
        either.run(delete_database, DELETE)
    assert names(either) == ["db1"]
