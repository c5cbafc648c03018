"""What is said of files: by path, beside the asset's own, and kept by every version for its files."""

import pytest
from assetversions.domain.commands.files import ArchiveFiles, CopyFile, MoveFile
from assetversions.domain.commands.metadata import (
    DeleteAssetMetadata,
    GetAssetMetadata,
    OfFile,
    PutAssetMetadata,
)
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.file_metadata import FileKind, FileMetadata
from assetversions.domain.journal import FilePlace
from assetversions.domain.metadata import Metadata, Metadatum, ValueType
from assetversions.domain.model import AssetRef
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.commit import head_change, new_event
from assetversions.engine.operation import Operation
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.copy_file import copy_file
from assetversions.operations.files.move_file import move_file
from assetversions.operations.metadata.delete_asset_metadata import delete_asset_metadata
from assetversions.operations.metadata.get_asset_metadata import get_asset_metadata
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata

from tests.support import REF, World, number

OTHER = AssetRef(REF.database_id, "b")
A_TXT = FilePlace(REF, "a.txt")
METADATA, ATTRIBUTE = FileKind.METADATA, FileKind.ATTRIBUTE


def said(**values: str) -> Metadata:
    return tuple(Metadatum(key, value, ValueType.STRING) for key, value in values.items())


def put(
    world: World, path: str | None, entries: Metadata, kind: FileKind = METADATA, rev: int | None = None
) -> MetadataChanged:
    file = None if path is None else OfFile(path, kind)
    done: MetadataChanged = world.run(put_asset_metadata, PutAssetMetadata(REF, entries, False, rev, file))
    return done


def drop(world: World, path: str, *keys: str, kind: FileKind = METADATA) -> MetadataChanged:
    command = DeleteAssetMetadata(REF, keys, file=OfFile(path, kind))
    done: MetadataChanged = world.run(delete_asset_metadata, command)
    return done


def shown(world: World, path: str | None, kind: FileKind = METADATA, version: int | None = None) -> Metadata:
    file = None if path is None else OfFile(path, kind)
    command = GetAssetMetadata(REF, None if version is None else number(version), file)
    found: Metadata = world.run(get_asset_metadata, command).entries
    return found


@pytest.fixture
def files(world: World) -> World:
    world.put(a_txt="one", b_txt="two")
    return world


def test_each_file_has_metadata_and_attributes_of_its_own(files: World):
    put(files, None, said(colour="red"))
    put(files, "a.txt", said(colour="blue"))
    put(files, "a.txt", said(colour="green"), ATTRIBUTE)
    put(files, "b.txt", said(colour="black"))
    assert [shown(files, path) for path in (None, "a.txt", "b.txt")] == [
        said(colour="red"),
        said(colour="blue"),
        said(colour="black"),
    ]
    assert [shown(files, path, ATTRIBUTE) for path in ("a.txt", "b.txt")] == [said(colour="green"), ()]


def test_keys_of_a_file_are_put_and_deleted_as_those_of_an_asset(files: World):
    put(files, "a.txt", said(colour="red", maker="Mara"))
    put(files, "a.txt", said(colour="blue"))
    done = drop(files, "a.txt", "maker", "weight")
    assert (done.keys, set(done.failed)) == (("maker",), {"weight"})
    assert shown(files, "a.txt") == said(colour="blue")
    drop(files, "a.txt", "colour")
    assert files.head().file_metadata is None


def test_every_change_is_on_record_and_what_changes_nothing_is_none(files: World):
    put(files, "a.txt", said(colour="red"), ATTRIBUTE)
    rev = files.head().rev
    assert [(event.kind, event.detail) for event in files.records.events(REF, None, 9)] == [
        ("file.updated", {"path": "a.txt", "fields": "attribute"})
    ]
    assert put(files, "a.txt", said(colour="red"), ATTRIBUTE).rev == rev
    assert drop(files, "a.txt", "colour").rev == rev == files.head().rev


def test_something_is_said_of_files_alone_that_are_there(files: World):
    with pytest.raises(Invalid, match=r"filePath.*'c\.txt'"):
        put(files, "c.txt", said(colour="red"))
    assert shown(files, "c.txt") == ()


def test_an_archived_file_keeps_what_was_said_of_it_and_more_is_not_taken(files: World):
    put(files, "a.txt", said(colour="red", maker="Mara"))
    files.run(archive_files, ArchiveFiles(REF, "a.txt", False))
    assert shown(files, "a.txt") == said(colour="red", maker="Mara")
    with pytest.raises(Invalid):
        put(files, "a.txt", said(size="3"))
    drop(files, "a.txt", "maker")
    assert shown(files, "a.txt") == said(colour="red")


def test_a_version_keeps_what_was_said_of_its_files(files: World):
    put(files, "a.txt", said(colour="red"))
    files.create()
    put(files, "a.txt", said(colour="blue"))
    files.run(archive_files, ArchiveFiles(REF, "a.txt", False))
    files.create()
    assert [shown(files, "a.txt", version=one) for one in (1, 2, None)] == [
        said(colour="red"),
        (),
        said(colour="blue"),
    ], "version 2 has no such file"


def test_who_was_overtaken_changes_nothing_where_they_say_what_they_saw(files: World):
    seen = files.head()
    put(files, "a.txt", said(colour="red"), rev=seen.rev)
    with pytest.raises(Conflict):
        put(files, "b.txt", said(colour="red"), rev=seen.rev)
    assert shown(files, "b.txt") == ()


def test_two_who_say_something_at_once_are_both_heard(files: World):
    before, file = files.head(), OfFile("a.txt", METADATA)
    put(files, "a.txt", said(colour="red"))
    put(files, "b.txt", said(colour="black"))
    command = PutAssetMetadata(REF, said(size="3"), file=file)
    files.run(put_asset_metadata, command, head=before)
    assert shown(files, "a.txt") == said(colour="red", size="3")
    assert shown(files, "b.txt") == said(colour="black")


def test_what_is_said_of_a_file_moves_with_it(files: World):
    put(files, "a.txt", said(colour="red"))
    put(files, "a.txt", said(size="3"), ATTRIBUTE)
    files.create()
    files.run(move_file, MoveFile(REF, "a.txt", "in/a.txt"))
    assert [shown(files, path) for path in ("a.txt", "in/a.txt")] == [(), said(colour="red")]
    assert shown(files, "in/a.txt", ATTRIBUTE) == said(size="3")
    assert shown(files, "a.txt", version=1) == said(colour="red")
    newest = next(files.records.events(REF, None, 1))
    assert newest.detail == {"path": "in/a.txt", "fields": "metadata, attribute"}


@pytest.mark.parametrize("change", [move_file, copy_file])
def test_what_is_said_of_a_preview_goes_with_its_file(files: World, change: Operation):
    old, new = "a.txt.previewFile.png", "in/c.txt.previewFile.png"
    files.files.put(REF, old, b"picture")
    put(files, old, said(maker="Mara"))
    moves = change is move_file
    command = MoveFile(REF, "a.txt", "in/c.txt") if moves else CopyFile(REF, A_TXT, "in/c.txt")
    files.run(change, command)
    assert (shown(files, old), shown(files, new)) == (() if moves else said(maker="Mara"), said(maker="Mara"))
    newest = next(files.records.events(REF, None, 1))
    assert newest.detail == {"path": new, "fields": "metadata"}


def test_of_a_copy_is_said_what_is_said_of_its_source_and_nothing_else(files: World):
    put(files, "a.txt", said(colour="red"))
    put(files, "b.txt", said(colour="black", maker="Mara"))
    files.run(archive_files, ArchiveFiles(REF, "b.txt", False))
    files.run(copy_file, CopyFile(REF, FilePlace(REF, "a.txt"), "b.txt"))
    assert [shown(files, path) for path in ("a.txt", "b.txt")] == [said(colour="red")] * 2
    files.add_asset(OTHER, 2)
    files.files.put(OTHER, "x.txt", b"theirs")
    files.run(copy_file, CopyFile(REF, FilePlace(OTHER, "x.txt"), "x.txt"))
    assert shown(files, "x.txt") == ()
    files.run(archive_files, ArchiveFiles(REF, "b.txt", False))
    files.run(copy_file, CopyFile(REF, FilePlace(OTHER, "x.txt"), "b.txt"))
    assert shown(files, "b.txt") == (), "nothing is said of its source"


def test_what_is_said_of_a_file_goes_along_into_another_asset(files: World):
    files.add_asset(OTHER, 2)
    files.files.put(OTHER, "x.txt", b"theirs")
    row = [FileMetadata("x.txt", said(colour="red"))]
    other = files.records.asset(OTHER)
    assert other is not None
    digest = files.manifests.write_file_metadata(other.uid, None, row)
    note = new_event(files.services(), "file.updated", 0)
    files.records.commit(head_change(other, note, file_metadata=digest))
    files.run(copy_file, CopyFile(REF, FilePlace(OTHER, "x.txt"), "y.txt"))
    assert shown(files, "y.txt") == said(colour="red")


def test_to_move_a_file_of_which_nothing_is_said_is_no_commit(files: World):
    put(files, "b.txt", said(colour="red"))
    rev = files.head().rev
    files.run(move_file, MoveFile(REF, "a.txt", "in/a.txt"))
    assert files.head().rev == rev


def test_what_is_said_of_one_of_many_files_is_written_without_the_others(files: World):
    files.files.put(REF, "z.txt", b"z")
    text = "x" * 90_000
    for path in ("a.txt", "b.txt", "z.txt"):
        put(files, path, said(text=text))
        put(files, path, said(text=text), ATTRIBUTE)
    sent = len(files.manifests.sent)
    put(files, "z.txt", said(colour="red"))
    part, root = files.manifests.sent[sent:]
    bodies = files.manifests.bodies
    assert len(bodies[files.head().uid, root]) < 1_000
    assert len(bodies[files.head().uid, part]) < 250_000
