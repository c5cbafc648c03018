"""Folders: made without files, shown, and hidden like files."""

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.files import ArchiveFiles, CreateFolder, GetFile
from assetversions.domain.errors import AtWork, Conflict, Invalid, NotFound, ReadOnly
from assetversions.domain.journal import ChangeKind
from assetversions.engine import journal
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.create_folder import create_folder
from assetversions.operations.files.get_file import get_file
from msgspec.structs import replace

from tests.support import EVERYTHING, REF, World
from tests.support.faults import Crash

NEW = CreateFolder(REF, "in/new/")


def test_a_folder_is_an_empty_object_of_the_next_version(world: World):
    assert world.run(create_folder, NEW) == ["in/new/"]
    assert world.content(world.create().version) == {"in/new/": b""}
    assert world.journal.sets(REF) == []


def test_one_that_is_there_stays_as_it_is(world: World):
    world.run(create_folder, NEW)
    assert world.run(create_folder, NEW) == ["in/new/"]
    assert world.files.puts(REF, "in/new/") == 1


def test_one_that_was_archived_is_there_again(world: World):
    world.run(create_folder, NEW)
    world.run(archive_files, ArchiveFiles(REF, "in", folder=True))
    world.run(create_folder, NEW)
    assert world.files.contents(REF) == {"in/new/": b""}


def test_crashed_at_any_call_it_is_made_by_the_same_request():
    for at in range(1, 40):
        world = World()
        world.faults.arm(at, Crash())
        try:
            world.run(create_folder, NEW)
        except Crash:
            assert world.content(world.create().version) in ({}, {"in/new/": b""}), at
            world.clock.advance(60)
            world.run(create_folder, NEW)
        struck = world.faults.disarm()
        assert world.content(world.create().version) == {"in/new/": b""}, at
        assert not [one for one in world.journal.sets(REF) if one.open], at
        if not struck:
            return
    raise AssertionError("it never came to an end")


def test_it_gives_way_as_its_neighbours_do(world: World):
    with pytest.raises(Conflict, match='not "7"'):
        world.run(create_folder, replace(NEW, expected_rev=7))
    journal.begin(world.services("bob"), world.head(), ChangeKind.UPLOAD, "upload-1", ["in/new/"], dict)
    with pytest.raises(AtWork, match="upload by bob"):
        world.run(create_folder, NEW)
    world.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(ReadOnly):
        world.run(create_folder, NEW)
    assert world.files.contents(REF) == {}


def test_a_folder_has_a_name_that_the_database_takes_and_no_type(world: World):
    before = world.records.database(REF.database_id)
    assert before is not None
    world.records.update_database(before, replace(before, extensions=(".glb",), portable_names=True))
    with pytest.raises(Invalid, match="relativeKey"):
        world.run(create_folder, CreateFolder(REF, "nul/"))
    world.run(create_folder, NEW)
    assert world.content(world.create().version) == {"in/new/": b""}


@pytest.mark.parametrize("page", [None, EVERYTHING])
def test_a_folder_is_shown_where_it_has_an_object_or_files(world: World, page: None):
    world.files.put(REF, "in/a.txt", b"a")
    (made,) = [world.files.put(REF, "empty/", b"")]
    shown = [world.run(get_file, GetFile(REF, path, page)).newest for path in ("empty/", "in/", "")]
    assert [(one.path, one.version_id, one.size) for one in shown] == [
        ("empty/", made, 0),
        ("in/", "", 0),
        ("", "", 0),
    ]


def test_a_folder_without_files_is_none(world: World):
    world.files.put(REF, "in/a.txt", b"a")
    world.files.put(REF, "in/a.txt", None)
    for path in ("in/", "out/", "in"):
        with pytest.raises(NotFound):
            world.run(get_file, GetFile(REF, path, None))
