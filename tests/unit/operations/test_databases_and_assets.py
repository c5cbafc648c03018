"""Databases and assets: created once, listed page by page, and only what the guard shows."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    CreateAsset,
    CreateDatabase,
    GetDatabase,
    ListAssets,
    ListDatabases,
)
from assetversions.domain.commands.common import Page
from assetversions.domain.errors import Conflict, Forbidden, Invalid, NotFound
from assetversions.domain.model import AssetRef, State
from assetversions.operations.catalog import get_database as counting
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.catalog.create_database import create_database
from assetversions.operations.catalog.get_database import get_database
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.catalog.list_databases import list_databases

from tests.support import World


def asset(database_id: str, asset_id: str | None, owner: str = "ann") -> CreateAsset:
    return CreateAsset(database_id, asset_id, f"asset of {owner}", "for tests", "none", ("red",), True)


@pytest.fixture
def many(world: World) -> World:
    """Beside `db1` with `a1`: six databases, and seven assets in `db1`."""
    for index in range(2, 8):
        world.run(create_database, CreateDatabase(f"db{index}", "more"))
        world.run(create_asset, asset("db1", f"a{index}"), user="bob" if index % 2 else "ann")
    return world


def assets(world: World, size: int) -> list[list[str]]:
    pages: list[Any] = []
    cursor: str | None = None
    while cursor or not pages:
        page = world.run(list_assets, ListAssets("db1", Page(size, cursor)))
        pages.append([one.ref.asset_id for one in page.assets])
        cursor = page.cursor
    return pages


def databases(world: World, size: int) -> list[list[str]]:
    pages: list[Any] = []
    cursor: str | None = None
    while cursor or not pages:
        page = world.run(list_databases, ListDatabases(Page(size, cursor)))
        pages.append([one.database_id for one in page.databases])
        cursor = page.cursor
    return pages


def test_a_database_is_created_once(world: World):
    made = world.run(create_database, CreateDatabase("db2", "the second"))
    assert world.run(get_database, GetDatabase("db2")).database == made
    with pytest.raises(Conflict, match="db2"):
        world.run(create_database, CreateDatabase("db2", "again"))


def test_a_database_says_where_its_files_are_and_how_many_assets_it_has(many: World):
    """Those that the caller may read, and that are not archived."""
    many.run(archive_asset, ArchiveAsset(AssetRef("db1", "a7")))
    found = many.run(get_database, GetDatabase("db1"))
    bucket = many.services("ann").history.bucket
    assert (found.place.bucket, found.place.prefix, found.assets) == (bucket, "", 6)
    listed = many.run(list_databases, ListDatabases(Page(9)))
    assert listed.place == found.place
    assert many.run(get_database, GetDatabase("db2")).assets == 0
    many.guard.rule = lambda _action, thing: thing.get("asset_id", "a2") == "a2"
    assert many.run(get_database, GetDatabase("db1")).assets == 1


def test_more_assets_than_are_quickly_counted_are_not_counted(many: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 7)
    assert many.run(get_database, GetDatabase("db1")).assets == 7
    monkeypatch.setattr(counting, "MOST_COUNTED", 6)
    assert many.run(get_database, GetDatabase("db1")).assets is None


def test_an_unknown_database_is_not_found(world: World):
    for operation, command in (
        (get_database, GetDatabase("dbx")),
        (list_assets, ListAssets("dbx", Page(5))),
        (create_asset, asset("dbx", "a1")),
    ):
        with pytest.raises(NotFound, match="dbx") as missing:
            world.run(operation, command)
        assert missing.value.kind == "database"


def test_an_asset_is_created_once_and_belongs_to_its_creator(world: World):
    made = world.run(create_asset, asset("db1", "a2"), user="bob")
    assert (made.created_by, made.rev, made.latest, made.current) == ("bob", 1, 0, None)
    assert world.records.asset(made.ref) == made
    with pytest.raises(Conflict, match="a2"):
        world.run(create_asset, asset("db1", "a2"))


def test_an_asset_without_an_id_is_given_one_of_its_own(world: World):
    first, second = (world.run(create_asset, asset("db1", None)) for _ in range(2))
    assert first.ref != second.ref
    assert first.uid != second.uid


def test_listings_are_by_id_and_pages_are_full(many: World):
    assert databases(many, 3) == [["db1", "db2", "db3"], ["db4", "db5", "db6"], ["db7"]]
    assert assets(many, 3) == [["a1", "a2", "a3"], ["a4", "a5", "a6"], ["a7"]]


def test_what_the_guard_hides_is_not_listed_and_pages_are_still_full(many: World):
    many.guard.rule = lambda _action, thing: thing.get("owner") == "bob" or thing["database_id"] > "db4"
    assert assets(many, 2) == [["a3", "a5"], ["a7"]]
    assert databases(many, 2) == [["db5", "db6"], ["db7"]]


def test_what_the_guard_refuses_is_forbidden_and_not_made(world: World):
    world.guard.rule = lambda action, _thing: action != "create"
    for operation, command in (
        (create_database, CreateDatabase("db2", "more")),
        (create_asset, asset("db1", "a2")),
    ):
        with pytest.raises(Forbidden, match="create"):
            world.run(operation, command)
    assert (databases(world, 9), assets(world, 9)) == ([["db1"]], [["a1"]])


def test_a_database_that_may_not_be_read_is_forbidden(world: World):
    world.guard.rule = lambda _action, _thing: False
    with pytest.raises(Forbidden):
        world.run(get_database, GetDatabase("db1"))


def test_the_guard_is_asked_about_the_asset_as_it_would_be(world: World):
    world.run(create_asset, asset("db1", "a2", "bob"), user="bob")
    assert world.guard.asked == [
        (
            "create",
            {
                "database_id": "db1",
                "asset_id": "a2",
                "asset_name": "asset of bob",
                "asset_type": "none",
                "tags": ("red",),
                "owner": "bob",
                "state": State.DRAFT,
                "versions": "0",
            },
        )
    ]


def test_a_cursor_of_another_databases_assets_is_refused(many: World):
    many.run(create_asset, asset("db2", "a9"))
    page = many.run(list_assets, ListAssets("db1", Page(2)))
    with pytest.raises(Invalid):
        many.run(list_assets, ListAssets("db2", Page(2, page.cursor)))
