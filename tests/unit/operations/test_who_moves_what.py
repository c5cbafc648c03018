"""Whom a move or a copy asks, what the target takes, and where it gives way."""

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset, UpdateAsset
from assetversions.domain.commands.files import ArchiveFiles, CopyFile
from assetversions.domain.errors import AtWork, Conflict, Forbidden, Hidden, Invalid, ReadOnly, TooLarge
from assetversions.domain.journal import ChangeKind, FilePlace
from assetversions.domain.model import AssetRef
from assetversions.engine import budget, journal, lease
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.copy_file import copy_file
from msgspec.structs import replace

from tests.support import REF
from tests.unit.operations.test_move_and_copy import ALL, CHANGES, HERE, OTHER, Change, do, snapshot, world_of


def test_who_may_not_archive_moves_nothing():
    world = world_of()
    world.guard.rule = lambda action, _thing: action != "archive"
    with pytest.raises(Forbidden, match="archive"):
        do(world, CHANGES["move"])
    assert world.files.contents(REF) == HERE


@pytest.mark.parametrize("asset_id", ["b", "nothing"])
def test_of_a_source_that_the_caller_may_not_read_nothing_is_told(asset_id: str):
    world = world_of()
    world.guard.rule = lambda _action, thing: thing["database_id"] == REF.database_id
    source = FilePlace(AssetRef("db2", asset_id), "x.txt")
    with pytest.raises(Hidden) as told:
        world.run(copy_file, CopyFile(REF, source, "b.txt"))
    assert str(told.value.message).replace(asset_id, "…") == "You may not see asset '…', or there is none."


def test_of_its_own_asset_too_a_copy_takes_the_right_to_read():
    world = world_of()
    world.guard.rule = lambda action, _thing: action != "read"
    with pytest.raises(Forbidden):
        do(world, CHANGES["copy"])


def test_what_is_not_to_leave_its_asset_is_copied_within_it_alone():
    world = world_of()
    for ref in (REF, OTHER):
        head = world.records.asset(ref)
        world.run(update_asset, UpdateAsset(ref, is_distributable=False), head=head)
    with pytest.raises(Forbidden, match="distributable"):
        do(world, CHANGES["copy from another asset"])
    do(world, CHANGES["copy"])
    assert snapshot(world) == CHANGES["copy"].after


# what the target's database takes


@ALL
def test_a_type_that_the_target_does_not_take_is_refused(change: Change):
    world = world_of()
    before = world.records.database(REF.database_id)
    assert before is not None
    world.records.update_database(before, replace(before, extensions=(".txt",), portable_names=True))
    with pytest.raises(Invalid, match="destinationPath"):
        do(world, change, to="in/b.exe")
    with pytest.raises(Invalid, match="destinationPath"):
        do(world, change, to="in/nul.txt")
    assert world.files.contents(REF) == HERE
    do(world, change)


# bounds and neighbours


@ALL
def test_the_files_of_an_archived_asset_stay_as_they_are(change: Change):
    world = world_of()
    world.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(ReadOnly):
        do(world, change)


@ALL
def test_it_waits_for_the_restore_of_all(change: Change):
    world = world_of()
    lease.take(world.services("bob"), world.head(), lease.Task("bob's"), None)
    with pytest.raises(Conflict, match="under way"):
        do(world, change)
    assert world.files.contents(REF) == HERE


@ALL
@pytest.mark.parametrize("path", ["a.txt", "in/b.txt"])
def test_while_others_are_at_work_on_one_of_its_paths_nothing_changes(change: Change, path: str):
    world = world_of()
    journal.begin(world.services("bob"), world.head(), ChangeKind.UPLOAD, "upload-1", [path], dict)
    if path == "a.txt" and change.operation is copy_file:
        do(world, change)
        return
    with pytest.raises(AtWork, match="upload by bob"):
        do(world, change)
    assert world.files.contents(REF) == HERE


@ALL
def test_more_than_a_request_can_copy_is_refused(change: Change, monkeypatch: pytest.MonkeyPatch):
    world = world_of()
    monkeypatch.setattr(budget, "COPIED_BYTES_A_MICROSECOND", 1e-7)
    with pytest.raises(TooLarge, match="upload it to its new place"):
        do(world, change)
    assert world.files.contents(REF) == HERE


@ALL
def test_what_can_t_be_read_is_refused_and_named(change: Change):
    world = world_of()
    for ref, path in ((REF, "a.txt"), (OTHER, "x.txt")):
        world.files.unreadable[world.files.history(ref, path)[-1].version_id] = "archived"
    with pytest.raises(Conflict, match="archived"):
        do(world, change)
    assert world.files.contents(REF) == HERE


@ALL
def test_on_a_revision_that_is_no_longer_the_stored_one_nothing_is_changed(change: Change):
    world = world_of()
    stale = world.head().rev
    world.create()
    with pytest.raises(Conflict, match=f'not "{stale}"'):
        do(world, change, expected_rev=stale)
    do(world, change, expected_rev=world.head().rev)
    assert world.files.contents(REF) == change.after


def test_a_folder_s_archiving_has_what_was_moved_into_it():
    world = world_of()
    do(world, CHANGES["move"])
    world.run(archive_files, ArchiveFiles(REF, "in", folder=True))
    assert snapshot(world) == {}
