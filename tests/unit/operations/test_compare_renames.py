"""A file that has another path and the same bytes is told as renamed, beside what came and went."""

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import MoveFile
from assetversions.domain.commands.history import CompareVersions, Pointer
from assetversions.domain.manifests import renames
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.renames import Renamed, Renames
from assetversions.domain.results.versions import Comparison
from assetversions.operations.files.move_file import move_file
from assetversions.operations.versions.compare_versions import compare_versions

from tests.support import EVERYTHING, REF, World, number


def compare(world: World, page: Page = EVERYTHING) -> Comparison:
    found: Comparison = world.run(compare_versions, CompareVersions(REF, number(1), Pointer.WORKING, page))
    return found


def moved(world: World, **files: str) -> World:
    world.put(a_txt="text", **files)
    world.create()
    world.clock.advance()
    world.run(move_file, MoveFile(REF, "a.txt", "in/b.txt"))
    return world


def test_a_move_is_a_rename_and_stands_among_what_came_and_went(world: World):
    moved(world, same_txt="same")
    found = compare(world)
    assert found.renames == Renamed(1, (("a.txt", "in/b.txt"),))
    assert [(old and old.path, new and new.path) for old, new in found.files] == [
        ("a.txt", None),
        (None, "in/b.txt"),
    ]
    assert found.totals is not None and (found.totals.added, found.totals.removed) == (1, 1)


def test_so_is_what_others_renamed_in_the_bucket_and_nothing_that_is_there_twice(world: World):
    world.put(a_txt="text", kept_txt="kept")
    world.create()
    world.put(a_txt=None, b_txt="text", copy_txt="kept")
    assert compare(world).renames == Renamed(1, (("a.txt", "b.txt"),))


def test_other_bytes_of_the_same_size_and_empty_files_are_no_renames(world: World):
    world.put(a_txt="text", empty_txt="")
    world.create()
    world.put(a_txt=None, b_txt="TEXT", empty_txt=None, nothing_txt="")
    assert compare(world).renames == Renamed(0, ())


def test_they_come_with_the_first_page_wherever_their_files_are(world: World):
    moved(world, z_txt="z")
    world.put(z_txt=None)
    first = compare(world, Page(1))
    assert (len(first.files), first.renames) == (1, Renamed(1, (("a.txt", "in/b.txt"),)))
    assert compare(world, Page(1, first.cursor)).renames is None


def entry(path: str, etag: str = "e", size: int = 3, checksum: str | None = None) -> Entry:
    return Entry(path, "v", size, etag, 0, checksum)


def found(gone: list[Entry], new: list[Entry]) -> Renamed | None:
    seen = Renames()
    for one in gone:
        seen.see(one, None)
    for one in new:
        seen.see(None, one)
    return seen.found()


def test_of_several_with_the_same_bytes_those_of_one_name_belong_together():
    gone = [entry("a/x"), entry("a/y"), entry("a/z")]
    new = [entry("b/other"), entry("b/y"), entry("b/x")]
    assert found(gone, new) == Renamed(3, (("a/x", "b/x"), ("a/y", "b/y"), ("a/z", "b/other")))
    assert found(gone, new[:1]) == Renamed(1, (("a/x", "b/other"),))


def test_a_checksum_tells_files_that_came_in_other_parts():
    gone, new = entry("a", "e1-2", checksum="crc64nvme:x"), entry("b", "e2-3", checksum="crc64nvme:x")
    assert found([gone], [new]) == Renamed(1, (("a", "b"),))
    assert found([gone], [new._replace(checksum="crc64nvme:y")]) == Renamed(0, ())
    assert found([gone], [new._replace(size=4)]) == Renamed(0, ())


@pytest.mark.parametrize(("count", "known"), [(3, True), (4, False)])
@pytest.mark.parametrize("side", ["gone", "new"])
def test_where_too_many_came_or_went_they_are_not_looked_for(
    monkeypatch: pytest.MonkeyPatch, count: int, known: bool, side: str
):
    monkeypatch.setattr(renames, "MOST", 3)
    many, one = [entry(f"m{number}") for number in range(count)], [entry("n")]
    told = found(many, one) if side == "gone" else found(one, many)
    assert (told is not None) is known


def test_only_the_first_are_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(renames, "MOST_NAMED", 2)
    gone = [entry(f"a/{number}", str(number)) for number in range(3)]
    new = [entry(f"b/{number}", str(number)) for number in range(3)]
    assert found(gone, new) == Renamed(3, (("a/0", "b/0"), ("a/1", "b/1")))
