"""A revert may bring the primary file back under another name: one change, in a version of its own."""

from contextlib import suppress
from typing import Any

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commands.files import SetPrimaryFile
from assetversions.domain.commands.metadata import OfFile, PutAssetMetadata
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict, Forbidden, Invalid, ReadOnly
from assetversions.domain.file_metadata import PRIMARY, FileKind
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.files.set_primary_file import set_primary_file
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata
from assetversions.operations.versions.revert_version import revert_version
from msgspec.structs import replace

from tests.support import REF, Crash, World, number

PICTURE = "plans/a.pdf.previewFile.png"
FIRST = {"plans/a.pdf": b"drawing", PICTURE: b"png", "notes.txt": b"n"}
RENAMED = {"plans/b.pdf": b"drawing", "plans/b.pdf.previewFile.png": b"png", "notes.txt": b"n"}


def drawn_in(world: World) -> World:
    """Version 1 holds FIRST."""
    for path, body in FIRST.items():
        world.files.put(REF, path, body)
    world.create()
    return world


@pytest.fixture
def drawn(world: World) -> World:
    return drawn_in(world)


def rename(world: World, to: str = "b.pdf", of: int = 1, **more: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(of), name=to, **more))


def test_the_primary_file_and_its_thumbnail_go_by_the_new_name(drawn: World):
    done = rename(drawn)
    assert (done.version.number, done.version.content.path) == (2, "plans/b.pdf")
    assert done.version.content.thumbnail == "png"
    assert drawn.files.contents(REF) == RENAMED == drawn.content(done.version)
    assert drawn.content(drawn.versions()[-1]) == FIRST


def test_an_older_version_comes_back_under_it(drawn: World):
    drawn.files.put(REF, "plans/a.pdf", b"another drawing")
    drawn.files.put(REF, "late.txt", b"l")
    drawn.create()
    rename(drawn)
    assert drawn.files.contents(REF) == RENAMED


def test_what_stood_there_gives_way_if_the_version_does_not_have_it(drawn: World):
    drawn.files.put(REF, "plans/b.pdf", b"something else")
    rename(drawn)
    assert drawn.files.contents(REF) == RENAMED


def test_and_back_again(drawn: World):
    rename(drawn)
    rename(drawn, "a.pdf", of=2)
    assert drawn.files.contents(REF) == FIRST


def test_the_name_that_it_has_changes_nothing(drawn: World):
    assert rename(drawn, "a.pdf").version.content.path == "plans/a.pdf"
    assert drawn.files.puts(REF, "plans/a.pdf") == 1


def test_a_rename_to_the_name_that_it_has_makes_no_version(drawn: World):
    for times in range(2):
        done = rename(drawn, "b.pdf", of=1 + times, if_changed=True)
        assert (done.version.number, done.version.content.path) == (2, "plans/b.pdf")
        assert (drawn.head().latest, drawn.files.contents(REF)) == (2, RENAMED)
    with pytest.raises(Conflict):
        rename(drawn, "b.pdf", of=2, if_changed=True, expected_rev=1)


def test_but_one_where_the_files_are_otherwise_by_now(drawn: World):
    rename(drawn)
    drawn.files.put(REF, "plans/b.pdf", b"something else")
    assert rename(drawn, of=2, if_changed=True).version.number == 3
    assert drawn.files.contents(REF) == RENAMED


def test_and_none_of_an_archived_asset(drawn: World):
    drawn.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(ReadOnly):
        rename(drawn, "a.pdf", if_changed=True)


def test_another_file_of_its_size_does_not_take_its_place(drawn: World):
    drawn.files.put(REF, "plans/m.pdf", b"DRAWING")
    drawn.create()
    assert rename(drawn, "z.pdf", of=2).version.content.path == "plans/z.pdf"


def test_what_is_said_of_the_file_goes_with_it(drawn: World):
    said = Metadatum("scale", "1:50", ValueType.STRING)
    of = OfFile("plans/a.pdf", FileKind.METADATA)
    drawn.run(put_asset_metadata, PutAssetMetadata(REF, (said,), file=of))
    drawn.run(set_primary_file, SetPrimaryFile(REF, "plans/a.pdf", PRIMARY))
    version = rename(drawn).version
    head = drawn.head()
    at = drawn.manifests.file_metadata_at
    row = at(head.uid, head.file_metadata, "plans/b.pdf")
    assert (row.metadata, row.primary) == ((said,), PRIMARY)
    assert (head.primary, head.file_metadata) == ("plans/b.pdf", version.file_metadata)
    assert not any(at(head.uid, head.file_metadata, "plans/a.pdf")[1:])


@pytest.mark.parametrize("name", ["in/b.pdf", "", "..", "b\n.pdf", "b" * 1_030])
def test_what_is_no_name_of_a_file_is_refused(drawn: World, name: str):
    with pytest.raises(Invalid) as caught:
        rename(drawn, name)
    assert (caught.value.field, drawn.head().latest) == ("name", 1)


def test_a_name_that_the_database_does_not_take_is_refused(drawn: World):
    database = drawn.records.database(REF.database_id)
    assert database is not None
    drawn.records.update_database(database, replace(database, extensions=(".pdf", ".png", ".txt")))
    with pytest.raises(Invalid, match="name"):
        rename(drawn, "b.exe")
    assert drawn.files.contents(REF) == FIRST


def test_so_is_one_that_not_every_disk_can_hold_where_the_database_wants_that(drawn: World):
    database = drawn.records.database(REF.database_id)
    assert database is not None
    drawn.records.update_database(database, replace(database, portable_names=True))
    with pytest.raises(Invalid) as caught:
        rename(drawn, "con.pdf")
    assert (caught.value.field, drawn.files.contents(REF)) == ("name", FIRST)


def test_the_name_of_another_file_of_the_version_is_refused(drawn: World):
    drawn.files.put(REF, "plans/b.pdf", b"b")
    drawn.create()
    with pytest.raises(Conflict, match=r"plans/b\.pdf"):
        rename(drawn, of=2)


def test_a_version_without_a_file_takes_no_name(world: World):
    world.create()
    with pytest.raises(Invalid) as caught:
        rename(world)
    assert caught.value.field == "name"


def test_it_takes_the_right_to_update(drawn: World):
    drawn.guard.rule = lambda action, _thing: action != "update"
    with pytest.raises(Forbidden):
        rename(drawn)
    assert drawn.files.contents(REF) == FIRST


def test_wherever_it_breaks_off_the_same_request_ends_it():
    """No version ever holds the file under both names, or under none."""
    for step in range(1, 200):
        world = drawn_in(World())
        world.faults.arm(step, Crash())
        with suppress(Crash):
            rename(world)
        struck = world.faults.disarm()
        if struck:
            rename(world)
        assert world.files.contents(REF) == RENAMED
        held = [world.content(version) for version in world.versions()]
        assert all(one in (FIRST, RENAMED) for one in held)
        if not struck:
            break
    assert step > 10


def test_a_job_ends_as_the_request_would(drawn: World):
    deferred = rename(drawn, background=True)
    assert (drawn.work(deferred).version, drawn.files.contents(REF)) == (2, RENAMED)
    content = drawn.versions()[0].content
    assert content is not None and content.path == "plans/b.pdf"
