"""A deleted asset is gone, whoever asks and whatever was at work on it; an archived one goes, too."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.catalog import (
    ArchiveAsset,
    CreateAsset,
    DeleteAsset,
    GetDatabase,
    ListAllAssets,
    ListAssets,
    UpdateAsset,
)
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Conflict, NotFound, UsedBefore
from assetversions.engine import lease
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.catalog.delete_asset import delete_asset
from assetversions.operations.catalog.get_database import get_database
from assetversions.operations.catalog.list_all_assets import list_all_assets
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.create_version import create_version
from msgspec.structs import replace

from tests.support import EVERYTHING, REF, World
from tests.support.world import AnyWorld
from tests.unit.operations.test_bounded_lists import Counted


@pytest.fixture(params=[World, Counted], ids=["fakes", "storage"])
def either(request: pytest.FixtureRequest) -> AnyWorld:
    """Over the fakes, and over the real storage."""
    world: AnyWorld = request.param()
    return world


def delete(world: AnyWorld, **how: Any) -> Any:
    head = world.records.asset_called(REF)
    return world.run(delete_asset, DeleteAsset(REF, **how), head=head)


def listed(world: AnyWorld) -> list[str]:
    pages = [
        world.run(list_assets, ListAssets(REF.database_id, EVERYTHING)),
        world.run(list_assets, ListAssets(REF.database_id, EVERYTHING, archived=True)),
        world.run(list_all_assets, ListAllAssets(EVERYTHING)),
        world.run(list_all_assets, ListAllAssets(EVERYTHING, archived=True)),
    ]
    return [asset.ref.public_id for page in pages for asset in page.assets]


def test_nothing_lists_or_counts_it_any_more(either: AnyWorld):
    assert (REF.asset_id in listed(either), counted(either)) == (True, 1)
    delete(either)
    assert (listed(either), counted(either)) == ([], 0)
    assert either.records.asset(REF) is None


def counted(world: AnyWorld) -> int | None:
    shown = world.run(get_database, GetDatabase(REF.database_id))
    assets: int | None = shown.assets
    return assets


def test_an_archived_one_goes_as_well(either: AnyWorld):
    either.run(archive_asset, ArchiveAsset(REF))
    delete(either)
    assert listed(either) == []


def test_nobody_finds_it_by_its_bits(either: AnyWorld):
    uid = either.head().uid
    assert either.records.asset_by_uid(uid) is not None
    delete(either)
    assert either.records.asset_by_uid(uid) is None


@pytest.mark.parametrize(
    ("operation", "command"),
    [
        (update_asset, UpdateAsset(REF, name="late")),
        (create_version, CreateVersion(REF, allow_empty=True)),
        (archive_asset, ArchiveAsset(REF)),
        (delete_asset, DeleteAsset(REF)),
    ],
)
def test_what_was_let_in_before_finds_that_it_is_gone(either: AnyWorld, operation: Any, command: Any):
    """It has read the head that the deletion takes away."""
    seen = either.head()
    delete(either)
    with pytest.raises(NotFound, match="asset"):
        either.run(operation, command, head=seen)
    assert (either.records.asset(REF), list(either.records.versions(REF, None, 10))) == (None, [])


def test_it_takes_in_what_was_committed_before(world: World):
    """Another one is faster between the look at the head and the commit."""
    world.records.rivals = [lambda: world.run(update_asset, UpdateAsset(REF, name="other"))]
    gone = delete(world)
    assert (gone.asset.name, world.records.asset(REF)) == ("other", None)


def test_it_waits_for_a_restore_of_its_files_and_for_no_dead_one(world: World):
    lease.take(world.services("bob"), world.head(), lease.Task("bob's"), None)
    with pytest.raises(Conflict, match="under way"):
        delete(world)
    world.clock.moment += lease.LENGTH + timedelta(seconds=1)
    delete(world)


def test_one_that_has_moved_on_stays(either: AnyWorld):
    rev = either.head().rev
    either.run(update_asset, UpdateAsset(REF, name="other"))
    with pytest.raises(Conflict, match="ETag"):
        delete(either, expected_rev=rev)
    assert either.head().name == "other"


def test_it_is_on_record_why_and_by_whom(world: World):
    world.create()
    world.run(delete_asset, DeleteAsset(REF, reason="sold"), "bob")
    last = world.records.audit(REF)[-1]
    told = (last.kind, last.number, last.by, last.detail)
    assert told == ("asset.deleted", 1, "bob", {"reason": "sold"})


AGAIN = CreateAsset(REF.database_id, REF.asset_id, "name", "another", "none", (), True)


def test_its_id_is_free_again_and_the_new_one_has_nothing_of_the_old(either: AnyWorld):
    either.run(create_version, CreateVersion(REF, allow_empty=True))
    before = either.head()
    for _ in range(3):
        delete(either)
        made = either.run(create_asset, AGAIN)
        assert (made.ref.public_id, made.uid == before.uid, made.latest) == (REF.asset_id, False, 0)
        assert made.ref != before.ref
        assert list(either.records.versions(made.ref, None, 10)) == []
        assert list(either.records.events(made.ref, None, 10)) == []
        assert (listed(either), counted(either)) == ([REF.asset_id] * 3, 1)
        before = made


def test_who_is_late_with_the_next_one_does_not_bring_a_gone_one_back(either: AnyWorld):
    """It was free as they saw it, and others have made and deleted an asset there since."""
    delete(either)
    late = replace(either.run(create_asset, AGAIN), uid=9, rev=1)
    delete(either)
    with pytest.raises(UsedBefore):
        either.records.add_asset(late)
    assert either.records.asset(late.ref) is None


def test_it_can_not_be_made_twice(either: AnyWorld):
    delete(either)
    either.run(create_asset, AGAIN)
    with pytest.raises(Conflict, match="exists already"):
        either.run(create_asset, AGAIN)


def test_a_late_commit_of_the_old_one_does_not_meet_the_new_one(either: AnyWorld):
    """Even at the same revision."""
    seen = either.head()
    delete(either)
    made = either.run(create_asset, AGAIN)
    assert made.rev == seen.rev
    with pytest.raises(NotFound, match="asset"):
        either.run(update_asset, UpdateAsset(REF, name="late"), head=seen)
    assert either.records.asset(made.ref) == made
