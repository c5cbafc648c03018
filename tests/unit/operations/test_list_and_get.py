"""Reading: newest first past ten, full pages whatever is hidden, and files page by page."""

from typing import Any

import pytest
from assetversions.domain.commands.catalog import GetAsset
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.versions import ArchiveVersion, GetVersion, ListVersions
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import Version
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.list_versions import list_versions

from tests.support import EVERYTHING, REF, World, number


def listing(world: World, size: int, *, archived: bool = False) -> list[list[int]]:
    """The numbers on each page."""
    pages: list[Any] = []
    cursor: str | None = None
    while True:
        page = world.run(list_versions, ListVersions(REF, Page(size, cursor), archived))
        pages.append([version.number for version in page.versions])
        cursor = page.cursor
        if cursor is None:
            return pages


def archive(world: World, *numbers: int) -> None:
    for one in numbers:
        world.run(archive_version, ArchiveVersion(REF, number(one)))


def get(world: World, ref: VersionRef, page: Page = EVERYTHING) -> Any:
    return world.run(get_version, GetVersion(REF, ref, page))


@pytest.fixture
def twelve(world: World) -> World:
    for _ in range(12):
        world.create()
    return world


def test_versions_come_newest_first_past_ten(twelve: World):
    assert listing(twelve, 5) == [[12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1]]


def test_an_asset_without_versions_lists_none(world: World):
    assert listing(world, 5) == [[]]


def test_archived_versions_are_hidden_and_pages_are_still_full(twelve: World):
    archive(twelve, 11, 10, 9, 4)
    assert listing(twelve, 5) == [[12, 8, 7, 6, 5], [3, 2, 1]]
    assert listing(twelve, 4) == [[12, 8, 7, 6], [5, 3, 2, 1]]


def test_archived_versions_are_listed_when_asked_for(twelve: World):
    archive(twelve, 11)
    assert listing(twelve, 100, archived=True) == [list(range(12, 0, -1))]


def test_a_version_made_between_two_pages_shifts_nothing(twelve: World):
    first = twelve.run(list_versions, ListVersions(REF, Page(5), archived=False))
    twelve.create()
    second = twelve.run(list_versions, ListVersions(REF, Page(5, first.cursor), archived=False))
    assert [version.number for version in second.versions] == [7, 6, 5, 4, 3]


def test_a_cursor_of_another_listing_is_refused(twelve: World):
    page = twelve.run(list_versions, ListVersions(REF, Page(5), archived=False))
    with pytest.raises(Invalid):
        twelve.run(list_versions, ListVersions(REF, Page(5, page.cursor), archived=True))


def test_a_version_is_found_by_its_number_its_id_and_its_alias(world: World):
    world.create()
    version = world.create(alias="gold").version
    for ref in (number(2), VersionRef(version_id=version.version_id), VersionRef(alias="gold")):
        assert get(world, ref).version == version


@pytest.mark.parametrize("ref", [number(2), VersionRef(alias="gold")])
def test_a_version_that_is_not_there_is_not_found(world: World, ref: VersionRef):
    world.create()
    with pytest.raises(NotFound) as missing:
        get(world, ref)
    assert missing.value.kind == "version"


def test_the_id_of_another_assets_version_is_not_found(world: World):
    from assetversions.domain.ids import version_id

    world.create()
    with pytest.raises(NotFound):
        get(world, VersionRef(version_id=version_id(world.head().uid + 1, 1)))


def test_the_files_of_a_version_come_in_pages(world: World):
    names = [f"f{index:02d}" for index in range(7)]
    for name in names:
        world.files.put(REF, name, b"x")
    world.create()
    pages: list[Any] = []
    cursor: str | None = None
    while cursor or not pages:
        found = get(world, number(1), Page(3, cursor))
        pages.append([entry.path for entry, _ in found.files])
        cursor = found.cursor
    assert pages == [names[:3], names[3:6], names[6:]]


def test_a_file_cursor_of_another_version_is_refused(world: World):
    world.put(a_txt="a", b_txt="b")
    world.create()
    world.create()
    cursor = get(world, number(1), Page(1)).cursor
    assert get(world, number(1), Page(1, cursor)).files[0][0].path == "b.txt"
    with pytest.raises(Invalid):
        get(world, number(2), Page(1, cursor))


def test_a_file_tells_what_became_of_it(world: World):
    world.put(kept_txt="k", deleted_txt="d", destroyed_txt="x")
    version = world.create().version
    pins: dict[str, Any] = {entry.path: entry.version_id for entry in world.manifest(version)}
    world.put(deleted_txt=None)
    world.files.purge(REF, "destroyed.txt", pins["destroyed.txt"])
    facts = {entry.path: (status.gone, status.deleted_now) for entry, status in get(world, number(1)).files}
    assert facts == {
        "kept.txt": (False, False),
        "deleted.txt": (False, True),
        "destroyed.txt": (True, False),
    }


def test_an_asset_shows_the_version_that_it_points_at(world: World):
    assert world.run(get_asset, GetAsset(REF)).current is None
    version: Version = world.create().version
    assert world.run(get_asset, GetAsset(REF)).current == version
