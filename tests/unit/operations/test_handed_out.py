"""What a deleted version held is not handed out by its object versions, unless something else holds it."""

from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles, DownloadFile, RevertFile, UnarchiveFile
from assetversions.domain.commands.versions import CloneVersion, CreateVersion, DeleteVersion
from assetversions.domain.errors import Conflict, Invalid, NotFound, TooLarge
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget
from assetversions.engine import handed_out as module
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.download_file import download_file
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version

from tests.support import REF, World, number


@pytest.fixture
def three(world: World) -> World:
    """`a` was `one` in versions 1 and 2, `between` in none, `three` in version 3, and is `now`."""
    for text in ("one", None, "between", "three", "now"):
        if text is not None:
            world.put(a=text)
        if text != "between" and text != "now":
            world.create()
    return world


def object_versions(world: World) -> dict[str, str]:
    """By its text."""
    return {(one.body or b"").decode(): one.version_id for one in world.files.history(REF, "a")}


def delete(world: World, *numbers: int) -> None:
    for one in numbers:
        world.run(delete_version, DeleteVersion(REF, number(one)))


def handed_out(world: World) -> set[str]:
    """The texts that `download` gives out; `revertFileVersion` brings the same back."""
    found = set()
    for text, object_version in object_versions(world).items():
        try:
            world.run(download_file, DownloadFile(REF, "a", object_version, None))
        except NotFound:
            with pytest.raises(NotFound, match="a"):
                world.run(revert_file, RevertFile(REF, "a", object_version))
        else:
            found.add(text)
    return found


def test_all_that_was_ever_there_is_handed_out_while_no_version_is_deleted(three: World):
    assert handed_out(three) == {"one", "between", "three", "now"}


def test_what_the_deleted_version_alone_held_is_not(three: World):
    delete(three, 3)
    assert handed_out(three) == {"one", "between", "now"}


def test_what_another_version_holds_is_until_that_is_deleted_too(three: World):
    delete(three, 1)
    assert handed_out(three) == {"one", "between", "three", "now"}
    delete(three, 2)
    assert handed_out(three) == {"between", "three", "now"}


def test_what_a_clone_holds_is(three: World):
    three.run(clone_version, CloneVersion(REF, number(3)))
    delete(three, 3)
    assert "three" in handed_out(three)


def test_what_the_working_files_hold_is(world: World):
    world.put(a="one")
    world.create()
    delete(world, 1)
    assert handed_out(world) == {"one"}


def test_what_is_the_newest_again_is_handed_out_as_that(three: World):
    old = object_versions(three)["one"]
    three.run(revert_file, RevertFile(REF, "a", old))
    delete(three, 1, 2)
    newest = three.files.history(REF, "a")[-1].version_id
    assert three.run(download_file, DownloadFile(REF, "a", newest, None)).entry.version_id == newest
    with pytest.raises(NotFound):
        three.run(download_file, DownloadFile(REF, "a", old, None))


def archived(world: World, deleted: int) -> str:
    """A file `a` that versions 1 and 2 held, so many of which are deleted."""
    for text in ("old", "one"):
        world.put(a=text)
    for _ in range(2):
        world.create()
    world.run(archive_files, ArchiveFiles(REF, "a", folder=False))
    delete(world, *range(1, deleted + 1))
    return "a"


def test_an_archived_file_that_deleted_versions_alone_held_stays_so(world: World):
    """Nor does an older one come back in its place."""
    path = archived(world, deleted=2)
    with pytest.raises(NotFound, match="'a' to unarchive"):
        world.run(unarchive_file, UnarchiveFile(REF, path))
    assert world.files.contents(REF) == {}


@pytest.mark.parametrize("deleted", [0, 1])
def test_one_that_a_version_holds_is_brought_back(world: World, deleted: int):
    world.run(unarchive_file, UnarchiveFile(REF, archived(world, deleted)))
    assert world.files.contents(REF) == {"a": b"one"}


def archived_folder(world: World) -> World:
    """Version 1 holds `f/a` and an old `f/b`, version 2 its successor, none `f/c`; version 2 is deleted."""
    world.put(**{"f/a": "a", "f/b": "old", "f-x": "beside", "g": "beside"})
    world.create()
    world.put(**{"f/b": "b"})
    world.create()
    world.put(**{"f/c": "c"})
    world.run(archive_files, ArchiveFiles(REF, "f", folder=True))
    delete(world, 2)
    return world


def test_a_folder_comes_back_without_files_that_deleted_versions_alone_held(world: World):
    """Nor does an older one come back in the place of one."""
    done = archived_folder(world).run(unarchive_file, UnarchiveFile(REF, "f", folder=True))
    assert done == Unarchived(["f/a", "f/c"], skipped=("f/b",), skipped_count=1)
    assert world.files.contents(REF) == {"f/a": b"a", "f/c": b"c", "f-x": b"beside", "g": b"beside"}


def test_where_nothing_else_is_left_of_it_they_are_named(world: World):
    world.put(**{"f/a": "a"})
    world.create()
    world.run(archive_files, ArchiveFiles(REF, "f", folder=True))
    delete(world, 1)
    with pytest.raises(Conflict, match=r"f/a \(held by deleted versions alone\)"):
        world.run(unarchive_file, UnarchiveFile(REF, "f", folder=True))
    assert world.files.contents(REF) == {}


def test_where_many_versions_have_to_be_read_for_a_folder_a_job_does_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """The folder's own listing is a third of what a request can do, and so is each of two manifests."""
    archived_folder(world)
    monkeypatch.setattr(budget, "LISTING", 7_000_000)
    assert isinstance(world.run(unarchive_file, UnarchiveFile(REF, "f", folder=True)), Deferred)


def test_what_versions_hold_beside_the_folder_is_not_read(world: World, monkeypatch: pytest.MonkeyPatch):
    """Else the forty rows of two manifests would be more than a request reads, at so much for each."""
    world.put(**{f"{beside}/{number}": "x" for beside in ("a", "z") for number in range(20)})
    archived_folder(world)
    monkeypatch.setattr(budget, "ROW", 500_000)
    assert isinstance(world.run(unarchive_file, UnarchiveFile(REF, "f", folder=True)), Unarchived)


def test_nothing_is_handed_out_where_too_many_versions_would_have_to_be_read(
    three: World, monkeypatch: pytest.MonkeyPatch
):
    delete(three, 2)
    monkeypatch.setattr(module, "MANIFEST", 15_000_000)
    versions = object_versions(three)
    with pytest.raises(TooLarge, match="assetVersionId"):
        three.run(download_file, DownloadFile(REF, "a", versions["one"], None))
    assert three.run(download_file, DownloadFile(REF, "a", versions["three"], None)).entry.path == "a"


def pinned(world: World, text: str) -> Any:
    pins = {"a": object_versions(world)[text]}
    return world.run(create_version, CreateVersion(REF, pins=pins))


def test_no_version_is_made_of_what_deleted_ones_alone_held(three: World):
    delete(three, 3)
    with pytest.raises(Invalid, match="there is no object version"):
        pinned(three, "three")
    assert len(three.versions()) == 3
    assert [pinned(three, text).version.number for text in ("one", "between", "now")] == [4, 5, 6]


def test_one_is_made_of_what_a_version_beside_the_deleted_one_holds(world: World):
    for b in ("x", "y"):
        world.put(b=b, **({"a": "one"} if b == "x" else {}))
        world.create()
    world.put(a="now")
    delete(world, 2)
    assert pinned(world, "one").version.number == 3


def test_nor_of_an_instant_that_no_other_version_and_no_file_holds(world: World):
    instants = []
    for text in ("one", "two", "three"):
        world.put(a=text, b="same")
        world.create()
        instants.append(world.clock.now())
        world.clock.advance(3600)
    delete(world, 2, 3)
    assert world.create(as_of=instants[0]).version.number == 4, "version 1 holds it"
    assert world.create(as_of=instants[2]).version.number == 5, "the working files hold it"
    with pytest.raises(Conflict, match=r"'a'.*deleted version"):
        world.create(as_of=instants[1])
    assert len(world.versions()) == 5


def test_where_many_versions_have_to_be_read_for_that_a_job_does_it(
    three: World, monkeypatch: pytest.MonkeyPatch
):
    delete(three, 3)
    monkeypatch.setattr(budget, "LISTING", 25_000_000)
    assert isinstance(pinned(three, "now"), Deferred)
    assert len(three.versions()) == 3


def test_versions_older_than_the_file_are_not_read(world: World, monkeypatch: pytest.MonkeyPatch):
    """They can't hold it."""
    for text in ("one", "two", "three"):
        world.clock.advance(3600)
        world.put(a=text)
        world.create()
    world.put(a="now")
    delete(world, 3)
    read, find = [], world.manifests.find

    def watched(uid: int, digest: str, path: str) -> Entry | None:
        read.append(digest)
        return find(uid, digest, path)

    monkeypatch.setattr(world.manifests, "find", watched)
    with pytest.raises(NotFound):
        world.run(download_file, DownloadFile(REF, "a", object_versions(world)["three"], None))
    assert read == [world.versions()[0].manifest]
