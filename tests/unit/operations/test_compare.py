"""Comparing two versions, or one with the working files: complete, and at the cost of the difference."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.history import CompareVersions, Pointer
from assetversions.domain.commands.versions import UpdateVersion
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.results.versions import Comparison, Totals
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.update_version import update_version

from tests.support import EVERYTHING, REF, World, number

MANY = 400
CURRENT, WORKING = Pointer.CURRENT, Pointer.WORKING


def compare(world: World, left: Any, right: Any, page: Page = EVERYTHING) -> Comparison:
    one, other = (number(side) if isinstance(side, int) else side for side in (left, right))
    found: Comparison = world.run(compare_versions, CompareVersions(REF, one, other, page))
    return found


def shown(found: Comparison) -> dict[str, tuple[int | None, int | None]]:
    """The size of each file that differs, on either side."""
    rows = [(a or b, a, b) for a, b in found.files]
    return {one.path: (a and a.size, b and b.size) for one, a, b in rows if one is not None}


@pytest.fixture
def two(world: World) -> World:
    """Version 1, and version 2 with one file changed, one removed, one added; then the bucket moved on."""
    world.put(edit_txt="before", gone_txt="gone", same_txt="same")
    world.create(description="one", alias="gold")
    world.put(edit_txt="after", gone_txt=None, new_txt="new!")
    world.create(description="two", comment="better")
    world.put(new_txt=None, same_txt="edited", work_txt="work")
    return world


@pytest.fixture
def many() -> World:
    """Versions 1 and 2 of many files in many chunks; one file differs."""
    world = World(chunk_target=16)
    for index in range(MANY):
        world.files.put(REF, f"{index:04d}", b"x")
    world.create()
    world.clock.advance()
    world.files.put(REF, "0200", b"yy")
    world.create()
    return world


class TestFiles:
    def test_added_removed_and_changed_files_with_their_object_versions(self, two: World):
        found = compare(two, 1, 2)
        first, second = ({one.path: one for one in two.manifest(version)} for version in two.versions()[::-1])
        assert found.files == [
            (first["edit.txt"], second["edit.txt"]),
            (first["gone.txt"], None),
            (None, second["new.txt"]),
        ]
        assert found.totals == Totals(1, 1, 1, len(b"after") + len(b"new!"), len(b"before") + len(b"gone"))

    def test_the_other_way_round_added_is_removed(self, two: World):
        assert compare(two, 2, 1).files == [(b, a) for a, b in compare(two, 1, 2).files]
        assert compare(two, 2, 1).totals == Totals(1, 1, 1, 10, 9)

    def test_each_side_says_what_it_is(self, two: World):
        found = compare(two, 1, 2)
        second, first = two.versions()
        assert (found.left.version, found.right.version) == (first, second)
        assert [(side.files, side.bytes) for side in (found.left, found.right)] == [(3, 14), (3, 13)]

    @pytest.mark.parametrize("side", [1, CURRENT, WORKING])
    def test_nothing_differs_from_itself(self, two: World, side: Any):
        found = compare(two, side, side)
        assert (found.files, found.totals, found.fields) == ([], Totals(0, 0, 0, 0, 0), {})

    def test_the_same_bytes_under_another_object_version_are_no_difference(self, world: World):
        world.put(a_txt="a")
        world.create()
        world.put(a_txt="a")
        world.create()
        first, second = (world.manifest(version)[0].version_id for version in world.versions())
        assert first != second
        assert compare(world, 1, 2).files == []
        assert compare(world, 1, WORKING).files == []

    def test_other_bytes_of_the_same_size_are_a_difference(self, world: World):
        world.put(a_txt="a")
        world.create()
        world.put(a_txt="b")
        world.create()
        assert shown(compare(world, 1, 2)) == {"a.txt": (1, 1)}


class TestSides:
    def test_the_current_version_is_the_one_the_asset_points_at(self, two: World):
        assert compare(two, 1, CURRENT) == compare(two, 1, 2)
        assert compare(two, CURRENT, 1) == compare(two, 2, 1)

    def test_there_may_be_no_current_version_yet(self, world: World):
        with pytest.raises(NotFound, match="current"):
            compare(world, CURRENT, WORKING)

    def test_the_working_files_are_what_the_bucket_holds_now(self, two: World):
        found = compare(two, 2, WORKING)
        assert shown(found) == {"new.txt": (4, None), "same.txt": (4, 6), "work.txt": (None, 4)}
        assert (found.right.version, found.right.files, found.right.bytes) == (None, 3, 15)
        assert shown(compare(two, WORKING, 2)) == {path: row[::-1] for path, row in shown(found).items()}

    def test_the_working_files_can_be_compared_with_any_version(self, two: World):
        assert shown(compare(two, 1, WORKING)) == {
            "edit.txt": (6, 5),
            "gone.txt": (4, None),
            "same.txt": (4, 6),
            "work.txt": (None, 4),
        }

    def test_an_alias_or_an_id_names_a_side_too(self, two: World):
        by_id = VersionRef(version_id=two.versions()[0].version_id)
        assert compare(two, VersionRef(alias="gold"), by_id) == compare(two, 1, 2)

    def test_an_unknown_version_is_named(self, two: World):
        with pytest.raises(NotFound, match="9"):
            compare(two, 1, 9)

    def test_fields_of_the_records_that_differ(self, two: World):
        assert compare(two, 1, 2).fields == {
            "description": ("one", "two"),
            "comment": ("", "better"),
            "alias": ("gold", None),
            "aliases": (("gold",), ()),
        }
        two.run(update_version, UpdateVersion(REF, number(1), alias="", comment="better"))
        assert compare(two, 1, 2).fields == {"description": ("one", "two")}
        assert compare(two, 1, WORKING).fields == {}


class TestPages:
    @pytest.mark.parametrize("size", [1, 2, 3, 4])
    @pytest.mark.parametrize(("left", "right"), [(1, 2), (2, 1), (1, WORKING), (WORKING, CURRENT)])
    def test_laid_end_to_end_are_the_whole(self, two: World, left: Any, right: Any, size: int):
        whole, files, cursor = compare(two, left, right), [], None
        while True:
            found = compare(two, left, right, Page(size, cursor))
            assert len(found.files) == size or found.cursor is None
            assert found.totals == (whole.totals if cursor is None else None), "with the first page"
            assert (found.left, found.right, found.fields) == (whole.left, whole.right, whole.fields)
            files += found.files
            if (cursor := found.cursor) is None:
                break
        assert files == whole.files

    def test_a_cursor_is_for_its_two_sides_alone(self, two: World):
        cursor = compare(two, 1, 2, Page(1)).cursor
        sides: tuple[tuple[Any, Any], ...] = ((2, 1), (1, WORKING))
        for left, right in sides:
            with pytest.raises(Invalid):
                compare(two, left, right, Page(1, cursor))


class TestCost:
    def reads(self, world: World, *sides: Any) -> list[str]:
        """The manifest parts that a comparison opens."""
        opened, get = [], world.manifests._get

        def counting(uid: int, digest: str) -> bytes:
            opened.append(digest)
            return get(uid, digest)

        world.manifests._get = counting  # type: ignore[method-assign]
        compare(world, *sides)
        return opened

    def test_chunks_that_both_share_are_never_opened(self, many: World):
        second, first = many.versions()
        roots = [many.manifests.root(one.uid, one.manifest) for one in (first, second)]
        own = [{chunk.digest for chunk in root.chunks} for root in roots]
        assert len(own[0] & own[1]) > 10, "much is shared"
        opened = self.reads(many, 1, 2)
        assert sorted(opened) == sorted([first.manifest, second.manifest, *(own[0] ^ own[1])])
        assert len(opened) == 4
        assert shown(compare(many, 1, 2)) == {"0200": (1, 2)}

    def test_two_equal_manifests_cost_their_roots(self, many: World):
        many.create()
        assert len(self.reads(many, 2, 3)) == 2

    def test_a_file_that_ends_a_chunk_may_come_and_go(self, many: World):
        """Where the cuts differ, what both have in different chunks is still no difference."""
        root = many.manifests.root(many.head().uid, many.versions()[0].manifest)
        last = root.chunks[3].last
        many.files.put(REF, last, None)
        many.files.put(REF, last + "x", b"z")
        many.create()
        assert shown(compare(many, 2, 3)) == {last: (1, None), last + "x": (None, 1)}
