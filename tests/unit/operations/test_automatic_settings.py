"""Who may say that versions, or assets, make themselves, and that it is kept."""

import pytest
from assetversions.domain.automatic import UNSAID, After, AutoVersion
from assetversions.domain.commands.catalog import CreateAsset, CreateDatabase, UpdateAsset, UpdateDatabase
from assetversions.domain.errors import Forbidden
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.catalog.create_database import create_database
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.catalog.update_database import update_database

from tests.support import World
from tests.support.world import REF

QUIET, UPLOAD = AutoVersion(After.QUIET, 60), AutoVersion(After.UPLOAD)


def test_an_asset_keeps_what_it_says_of_automatic_versions_until_it_says_something_else(world: World):
    world.run(update_asset, UpdateAsset(REF, auto_version=QUIET))
    world.run(update_asset, UpdateAsset(REF, description="another one"))
    assert world.head().auto_version == QUIET
    world.run(update_asset, UpdateAsset(REF, auto_version=UNSAID))
    assert world.head().auto_version == UNSAID


def test_a_database_keeps_what_it_says_of_automatic_versions_and_assets(world: World):
    made = world.run(
        create_database, CreateDatabase("db2", "more", auto_version=UPLOAD, auto_create_assets=True)
    )
    assert (made.auto_version, made.auto_create_assets) == (UPLOAD, True)
    world.run(update_database, UpdateDatabase("db2", description="still more"))
    kept = world.records.database("db2")
    assert kept and kept.auto_version == UPLOAD
    after = world.run(update_database, UpdateDatabase("db2", auto_version=UNSAID, auto_create_assets=False))
    assert (after.auto_version, after.auto_create_assets) == (UNSAID, False)


def test_an_asset_is_created_with_what_it_says_of_automatic_versions(world: World):
    named = CreateAsset("db1", "a2", "an asset", "for tests", "none", (), True, auto_version=QUIET)
    assert world.run(create_asset, named).auto_version == QUIET


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (update_asset, UpdateAsset(REF, auto_version=QUIET)),
        (update_database, UpdateDatabase(REF.database_id, auto_version=QUIET)),
        (update_database, UpdateDatabase(REF.database_id, auto_create_assets=True)),
    ],
)
def test_who_may_not_create_can_not_have_it_done_for_them(operation, command, world: World):
    world.guard.rule = lambda action, _thing: action != "create"
    with pytest.raises(Forbidden, match="create"):
        world.run(operation, command)
    assert world.head().auto_version == UNSAID
    database = world.records.database(REF.database_id)
    assert database and (database.auto_version, database.auto_create_assets) == (UNSAID, False)
