"""Archiving files: a marker on each that is there, on no other, and never more than a request can hide."""

import pytest
from assetversions.domain.commands.files import ArchiveFiles, UnarchiveFile
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.model import Version
from assetversions.domain.results.versions import Deferred
from assetversions.operations.files import archive_files as module
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.unarchive_file import unarchive_file

from tests.support import REF, World
from tests.support.faults import Failure

PATHS = ("a", "a.txt", "b/1", "b/2", "bc")


@pytest.fixture
def filled(world: World) -> World:
    for path in PATHS:
        world.files.put(REF, path, path.encode())
    return world


def archive(world: World, path: str, folder: bool = False) -> list[str]:
    found: list[str] = world.run(archive_files, ArchiveFiles(REF, path, folder))
    return found


def there(world: World) -> list[str]:
    return list(world.files.contents(REF))


def test_one_file_is_hidden_and_not_those_whose_names_go_on(filled: World):
    assert archive(filled, "a") == ["a"]
    assert there(filled) == ["a.txt", "b/1", "b/2", "bc"]


def test_the_previews_of_a_file_are_hidden_with_it(filled: World):
    for path in ("a.previewFile.png", "a.previewFile.svg", "a.txt.previewFile.png", "a.previewFile.bmp"):
        filled.files.put(REF, path, b"picture")
    hidden = ["a", "a.previewFile.png", "a.previewFile.svg"]
    assert archive(filled, "a") == hidden
    assert there(filled) == ["a.previewFile.bmp", "a.txt", "a.txt.previewFile.png", "b/1", "b/2", "bc"]
    assert archive(filled, "a.txt.previewFile.png") == ["a.txt.previewFile.png"], "alone, it leaves its file"


def test_a_preview_that_lost_its_file_does_not_stand_for_it(filled: World):
    filled.files.put(REF, "c.previewFile.png", b"picture")
    with pytest.raises(NotFound):
        archive(filled, "c")
    assert "c.previewFile.png" in there(filled)


@pytest.mark.parametrize("path", ["b/", "b"])
def test_a_folder_hides_what_is_in_it_and_not_what_is_only_called_alike(filled: World, path: str):
    assert archive(filled, path, folder=True) == ["b/1", "b/2"]
    assert there(filled) == ["a", "a.txt", "bc"]


def test_a_folder_is_in_a_version_whole_or_not_at_all(filled: World):
    """A version that is made while it is being hidden has all of it; a later one nothing."""
    filled.files.beside_delete = lambda: made.append(filled.create().version)
    made: list[Version] = []
    archive(filled, "b", folder=True)
    filled.files.beside_delete = None
    made.append(filled.create().version)
    assert [[entry.path for entry in filled.manifest(version)] for version in made] == [
        list(PATHS),
        ["a", "a.txt", "bc"],
    ]


def test_an_archiving_that_broke_off_is_finished_by_the_same_request(filled: World):
    def fail() -> None:
        raise Failure

    filled.files.beside_delete = fail
    with pytest.raises(Failure):
        archive(filled, "b", folder=True)
    assert len(there(filled)) == len(PATHS) - 1, "one was hidden already"
    assert [entry.path for entry in filled.manifest(filled.create().version)] == list(PATHS)
    assert archive(filled, "b", folder=True) == ["b/1", "b/2"]
    assert there(filled) == ["a", "a.txt", "bc"]


@pytest.mark.parametrize(("path", "folder"), [("a", False), ("b/", True)])
def test_what_is_archived_is_not_archived_again(filled: World, path: str, folder: bool):
    archive(filled, path, folder)
    before = {one: filled.files.puts(REF, one) for one in PATHS}
    with pytest.raises(NotFound):
        archive(filled, path, folder)
    assert {one: filled.files.puts(REF, one) for one in PATHS} == before


def test_of_a_folder_only_what_is_still_there_is_hidden(filled: World):
    archive(filled, "b/1")
    assert archive(filled, "b/", folder=True) == ["b/2"]
    assert filled.files.puts(REF, "b/1") == 2


@pytest.mark.parametrize("path", ["nowhere", "b", "a."])
def test_a_path_that_is_no_file_is_not_found(filled: World, path: str):
    with pytest.raises(NotFound, match=r"file .* a folder takes isPrefix: true\.$"):
        archive(filled, path)
    assert there(filled) == list(PATHS)


@pytest.mark.parametrize("most", [1, 2])
def test_more_than_a_request_can_hide_is_left_to_a_job(
    filled: World, most: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MAX_FILES", most)
    if most == 2:
        assert archive(filled, "b/", folder=True) == ["b/1", "b/2"]
        return
    before = filled.files.contents(REF)
    deferred = filled.run(archive_files, ArchiveFiles(REF, "b/", folder=True))
    assert isinstance(deferred, Deferred)
    assert filled.files.contents(REF) == before


def test_a_request_hides_no_more_than_ten_thousand_files():
    """Ten requests to S3 of a thousand each."""
    assert module.MAX_FILES == 10_000


def test_an_archived_file_comes_back_with_the_bytes_it_had(filled: World):
    archive(filled, "a")
    filled.run(unarchive_file, UnarchiveFile(REF, "a"))
    assert filled.files.contents(REF)["a"] == b"a"


def test_a_file_that_is_not_archived_is_not_brought_back(filled: World):
    with pytest.raises(Conflict, match="not archived"):
        filled.run(unarchive_file, UnarchiveFile(REF, "a"))
    assert filled.files.puts(REF, "a") == 1


@pytest.mark.parametrize("path", ["nowhere", "marked"])
def test_what_never_had_bytes_is_not_brought_back(filled: World, path: str):
    filled.files.put(REF, "marked", None)
    with pytest.raises(NotFound, match=r"file .* a folder takes isPrefix: true\.$"):
        filled.run(unarchive_file, UnarchiveFile(REF, path))
