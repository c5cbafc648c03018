"""Previews of files stand beside their files in listings, wherever their pages end, and are no items."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import ArchiveFiles, GetFile, ListFiles
from assetversions.domain.model import AssetRef
from assetversions.domain.results.files import FilePage
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.get_file import get_file
from assetversions.operations.files.list_files import list_files

from tests.support import EVERYTHING, REF, World, number

# Between a file and its preview there may be as many others as there are names.
BETWEEN = [f"scan-{index:02}" for index in range(7)]
PREVIEWS = {"scan": "scan.previewFile.png", "scan-03": "scan-03.previewFile.gif", "z": "z.previewFile.svg"}
FILES = ["scan", *BETWEEN, "scan.bin", "z"]
NOW: dict[str, Any] = {"version": None}
THEN: dict[str, Any] = {"version": number(1)}


@pytest.fixture
def pictured(world: World) -> World:
    """Version 1 holds what is there now."""
    for path in [*FILES, *PREVIEWS.values()]:
        world.files.put(REF, path, b"x")
    world.create()
    return world


def listed(world: World, page: Page = EVERYTHING, **facts: Any) -> FilePage:
    given = {"prefix": "", "version": None, "archived": False} | facts
    found: FilePage = world.run(list_files, ListFiles(REF, page=page, **given))
    return found


def names(page: FilePage) -> list[str]:
    return [file.path for file in page.files]


@pytest.mark.parametrize("facts", [NOW, THEN], ids=["now", "of a version"])
@pytest.mark.parametrize("size", [1, 2, 3, 8, 9, 10, 100])
def test_each_page_is_full_and_shows_the_previews_of_its_files(
    pictured: World, facts: dict[str, Any], size: int
):
    cursor, pages, previews = None, list[list[str]](), dict[str, str]()
    while cursor or not pages:
        page = listed(pictured, Page(size, cursor), **facts)
        cursor = page.cursor
        pages.append(names(page))
        assert set(page.previews) <= set(pages[-1])
        previews |= page.previews
    assert pages == [FILES[at : at + size] for at in range(0, len(FILES), size)]
    assert previews == PREVIEWS


def test_a_listing_asks_for_no_file_by_itself_unless_a_preview_is_behind_its_page(
    pictured: World, monkeypatch: pytest.MonkeyPatch
):
    asked: list[list[str]] = []
    real = pictured.files.current

    def current(ref: AssetRef, paths: list[str]) -> Any:
        asked.append(paths)
        return real(ref, paths)

    monkeypatch.setattr(pictured.files, "current", current)
    listed(pictured)
    listed(pictured, Page(9))
    assert asked == []
    listed(pictured, Page(3))
    assert asked == [[f"scan.previewFile.{kind}" for kind in ("gif", "jpeg", "jpg", "png", "svg")]]


@pytest.mark.parametrize("facts", [NOW, THEN], ids=["now", "of a version"])
def test_a_basic_listing_has_no_previews_as_items_either(pictured: World, facts: dict[str, Any]):
    page = listed(pictured, basic=True, **facts)
    assert (names(page), page.previews) == (FILES, {})
    cursor = listed(pictured, Page(3), basic=True, **facts).cursor
    assert names(listed(pictured, Page(3, cursor), **facts)) == FILES[3:6], "tokens fit both"


def test_a_prefix_finds_no_preview_by_itself(pictured: World):
    assert names(listed(pictured, prefix="scan.prev")) == []
    page = listed(pictured, prefix="z")
    assert (names(page), page.previews) == (["z"], {"z": "z.previewFile.svg"})


def test_of_several_previews_the_first_kind_is_shown(pictured: World):
    pictured.files.put(REF, "z.previewFile.jpg", b"x")
    pictured.files.put(REF, "scan.previewFile.svg", b"x")
    found = {"scan": "scan.previewFile.png", "z": "z.previewFile.jpg"}
    for size in (1, 100):
        assert PREVIEWS | found == {
            file: preview for file in FILES for preview in shown(pictured, file, size)
        }


def shown(world: World, file: str, size: int) -> list[str]:
    previews = listed(world, Page(size), prefix=file).previews
    view = world.run(get_file, GetFile(REF, file, None))
    assert view.preview == previews.get(file, "")
    return [previews[file]] if file in previews else []


def test_what_is_archived_has_no_preview_and_an_archived_preview_is_none(pictured: World):
    pictured.run(archive_files, ArchiveFiles(REF, "z", False))
    pictured.run(archive_files, ArchiveFiles(REF, "scan.previewFile.png", False))
    page = listed(pictured, archived=True)
    assert (names(page), page.previews) == (FILES, {"scan-03": "scan-03.previewFile.gif"})
    pictured.files.put(REF, "z.previewFile.png", b"x")
    assert "z" not in listed(pictured, archived=True).previews
    assert (shown(pictured, "scan", 1), shown(pictured, "scan-03", 1)) == ([], ["scan-03.previewFile.gif"])
    assert pictured.run(get_file, GetFile(REF, "z", None)).preview == ""
    assert listed(pictured, **THEN).previews == PREVIEWS
