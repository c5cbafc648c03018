"""An archived asset: read-only in every way that moves its head, out of the listing, and back as it was."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset, ListAssets, UnarchiveAsset, UpdateAsset
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import (
    ActivateVersion,
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    PublishVersion,
    RevertVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Conflict, Invalid, ReadOnly
from assetversions.engine import lease
from assetversions.engine.operation import Operation
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.catalog.unarchive_asset import unarchive_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version

from tests.support import EVERYTHING, REF, World, number

MOVES: list[tuple[Operation, Any]] = [
    (update_asset, UpdateAsset(REF, name="other")),
    (create_version, CreateVersion(REF)),
    (clone_version, CloneVersion(REF, number(1))),
    (revert_version, RevertVersion(REF, number(1))),
    (activate_version, ActivateVersion(REF, number(1))),
    (update_version, UpdateVersion(REF, number(1), comment="other")),
    (publish_version, PublishVersion(REF, number(1))),
    (archive_version, ArchiveVersion(REF, number(1))),
    (delete_version, DeleteVersion(REF, number(1))),
]


@pytest.fixture
def archived(world: World) -> World:
    """With two versions that hold different files."""
    world.put(a_txt="one")
    world.create()
    world.put(a_txt="two")
    world.create()
    world.run(archive_asset, ArchiveAsset(REF))
    return world


def listed(world: World, page: Page = EVERYTHING, **facts: Any) -> list[str]:
    found = world.run(list_assets, ListAssets(REF.database_id, page, **facts))
    return [asset.ref.asset_id for asset in found.assets]


@pytest.mark.parametrize(("operation", "command"), MOVES, ids=[move[0].name for move in MOVES])
def test_nothing_of_it_changes(archived: World, operation: Operation, command: Any):
    before = archived.head(), archived.versions(), archived.files.contents(REF)
    with pytest.raises(ReadOnly):
        archived.run(operation, command)
    assert (archived.head(), archived.versions(), archived.files.contents(REF)) == before


@pytest.mark.parametrize(("operation", "command"), MOVES, ids=[move[0].name for move in MOVES])
def test_once_it_is_back_everything_does(archived: World, operation: Operation, command: Any):
    archived.run(unarchive_asset, UnarchiveAsset(REF))
    before = archived.head()
    archived.run(operation, command)
    assert archived.head().rev > before.rev


def test_it_is_archived_once_and_brought_back_once(archived: World):
    before = archived.head()
    assert before.archived_at == archived.clock.now()
    archived.clock.advance()
    with pytest.raises(Conflict, match="archived already"):
        archived.run(archive_asset, ArchiveAsset(REF))
    assert archived.head() == before
    archived.run(unarchive_asset, UnarchiveAsset(REF))
    assert archived.head().archived_at is None
    with pytest.raises(Conflict, match="not archived"):
        archived.run(unarchive_asset, UnarchiveAsset(REF))


@pytest.mark.parametrize("versions", [0, 2])
def test_both_are_on_record_with_the_version_that_was_current(world: World, versions: int):
    """0 where there was none."""
    for _ in range(versions):
        world.create()
    world.run(archive_asset, ArchiveAsset(REF))
    world.run(unarchive_asset, UnarchiveAsset(REF), "bob")
    told = [(event.kind, event.number, event.by) for event in world.records.audit(REF)][-2:]
    assert told == [("asset.archived", versions, "ann"), ("asset.unarchived", versions, "bob")]


def test_why_and_by_whom_it_was_archived_is_told_until_it_is_back(world: World):
    world.run(archive_asset, ArchiveAsset(REF, reason="sold"), "bob")
    assert (world.head().archived_by, world.head().archived_for) == ("bob", "sold")
    world.run(unarchive_asset, UnarchiveAsset(REF, reason="bought"))
    assert (world.head().archived_by, world.head().archived_for) == ("", "")
    world.run(archive_asset, ArchiveAsset(REF))
    told = [event.detail for event in world.records.audit(REF)]
    assert told[-3:] == [{"reason": "sold"}, {"reason": "bought"}, {}]


def test_it_waits_for_a_restore_of_its_files(world: World):
    lease.take(world.services("bob"), world.head(), lease.Task("bob's"), None)
    with pytest.raises(Conflict, match="under way"):
        world.run(archive_asset, ArchiveAsset(REF))
    assert world.head().archived_at is None


def test_it_is_listed_only_where_asked_for(archived: World):
    archived.records.add_asset(archived.new_asset(type(REF)("db1", "a2"), 7))
    assert listed(archived) == ["a2"]
    assert listed(archived, archived=True) == ["a1", "a2"]


def test_a_cursor_of_one_listing_does_not_go_on_in_the_other(archived: World):
    archived.records.add_asset(archived.new_asset(type(REF)("db1", "a2"), 7))
    command = ListAssets("db1", Page(1), archived=True)
    cursor = archived.run(list_assets, command).cursor
    assert listed(archived, Page(1, cursor), archived=True) == ["a2"]
    with pytest.raises(Invalid, match="cursor"):
        listed(archived, Page(1, cursor))
