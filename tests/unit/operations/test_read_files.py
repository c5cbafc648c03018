"""Reading files: what one went through and who holds it, and listings of now or of a version."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.files import GetFile, ListFiles
from assetversions.domain.commands.versions import DeleteVersion
from assetversions.domain.errors import Invalid, NotFound, TooLarge
from assetversions.domain.results.files import FilePage, FileView
from assetversions.engine import paging
from assetversions.operations.files import get_file as module
from assetversions.operations.files.get_file import get_file
from assetversions.operations.files.list_files import list_files
from assetversions.operations.versions.delete_version import delete_version

from tests.support import EVERYTHING, REF, World, number


@pytest.fixture
def three(world: World) -> World:
    """Versions 1 and 2 hold the first `a`, version 3 the second; `ab` came with version 2, `c` is gone."""
    world.put(a="one", c="c")
    world.create()
    world.put(ab="beside")
    world.create()
    world.put(a="three", c=None)
    world.create()
    return world


def look(world: World, path: str = "a", page: Page | None = EVERYTHING) -> FileView:
    found: FileView = world.run(get_file, GetFile(REF, path, page))
    return found


def held(world: World, page: Page | None = EVERYTHING) -> dict[str, list[int]]:
    view = look(world, page=page)
    assert view.held is not None
    return {one: [version.number for version in versions] for one, versions in view.held.items()}


def test_a_file_is_shown_with_its_history_newest_first(three: World):
    view = look(three)
    first, second = (one.version_id for one in three.files.history(REF, "a"))
    assert [row.version_id for row in view.history or ()] == [second, first]
    assert (view.newest.version_id, view.newest.latest, view.content_type) == (
        second,
        True,
        "binary/octet-stream",
    )


def test_without_a_page_only_the_newest_is_shown(three: World):
    view = look(three, page=None)
    assert (view.newest.deleted, view.history, view.held) == (False, None, None)


def test_a_deleted_file_is_shown_as_such_and_one_that_never_was_is_not_found(three: World):
    view = look(three, "c")
    assert (view.newest.deleted, view.content_type, len(view.history or ())) == (True, None, 2)
    with pytest.raises(NotFound, match="file"):
        look(three, "nowhere")


def test_each_object_version_names_the_versions_that_hold_it(three: World):
    first, second = (one.version_id for one in three.files.history(REF, "a"))
    assert held(three) == {first: [2, 1], second: [3]}


def test_a_deleted_version_is_not_named(three: World):
    first, second = (one.version_id for one in three.files.history(REF, "a"))
    three.run(delete_version, DeleteVersion(REF, number(2)))
    assert held(three) == {first: [1], second: [3]}


def test_a_history_too_long_for_one_reply_is_refused(three: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_HISTORY", 2)
    assert len(look(three).history or ()) == 2
    three.put(a="four")
    with pytest.raises(TooLarge, match="object versions"):
        look(three)
    assert look(three, page=None).newest.latest


def test_the_most_object_versions_in_one_reply():
    """Of some 200 bytes each in a reply that holds 5 MB."""
    assert module.MAX_HISTORY == 10_000


def test_a_page_searches_so_many_lines_of_manifests_and_goes_on_with_the_cursor(
    three: World, monkeypatch: pytest.MonkeyPatch
):
    """Version 3 has two files, 2 has three and 1 two: what does not fit beside the first waits."""
    first, second = (one.version_id for one in three.files.history(REF, "a"))
    monkeypatch.setattr(module, "_LINES", 5)
    view = look(three)
    assert held(three) == {second: [3], first: [2]}
    assert view.cursor is not None
    assert held(three, Page(1000, view.cursor)) == {first: [1]}


# listings


def listed(world: World, page: Page = EVERYTHING, **facts: Any) -> FilePage:
    given = {"prefix": "", "version": None, "archived": False} | facts
    found: FilePage = world.run(list_files, ListFiles(REF, page=page, **given))
    return found


def paths(world: World, **facts: Any) -> list[str]:
    return [file.path for file in listed(world, **facts).files]


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, ["a", "ab"]),
        ({"prefix": "ab"}, ["ab"]),
        ({"prefix": "b"}, []),
        ({"archived": True}, ["a", "ab", "c"]),
        ({"version": number(1)}, ["a", "c"]),
        ({"version": number(2), "prefix": "a"}, ["a", "ab"]),
        ({"version": number(2), "prefix": "ab"}, ["ab"]),
        ({"version": number(2), "prefix": "b"}, []),
    ],
    ids=str,
)
def test_a_listing_has_what_it_was_asked_for_in_path_order(
    three: World, facts: dict[str, Any], wanted: list[str]
):
    assert paths(three, **facts) == wanted


def test_a_version_lists_the_object_versions_it_holds(three: World):
    first, second = (one.version_id for one in three.files.history(REF, "a"))
    (old, *_), (new, *_) = listed(three, version=number(1)).files, listed(three).files
    assert (old.version_id, new.version_id) == (first, second)


def test_pages_end_to_end_are_the_whole_listing(three: World):
    for facts in ({"archived": True}, {"version": number(2)}):
        seen: list[str] = []
        cursor = None
        while cursor or not seen:
            page = listed(three, Page(1, cursor), **facts)
            seen += [file.path for file in page.files]
            cursor = page.cursor
        assert seen == paths(three, **facts)


OTHERS: list[dict[str, Any]] = [
    {"prefix": "a"},
    {"archived": True},
    {"version": number(1)},
    {"version": VersionRef(number=2)},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_cursor_of_another_listing_is_refused(three: World, other: dict[str, Any]):
    cursor = listed(three, Page(1)).cursor
    assert cursor is not None
    assert [file.path for file in listed(three, Page(1, cursor)).files] == ["ab"]
    with pytest.raises(Invalid, match="cursor"):
        listed(three, Page(1, cursor), **other)


def test_a_listing_is_cut_where_its_reply_would_grow_too_large(three: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paging, "LISTING_BYTES", 400)
    page = listed(three)
    assert [file.path for file in page.files] == ["a"]
    assert page.cursor is not None


def test_long_paths_take_room_in_a_page(three: World, monkeypatch: pytest.MonkeyPatch):
    for name in "xyz":
        three.files.put(REF, name * 200, b"")
    monkeypatch.setattr(paging, "LISTING_BYTES", 2_000)
    assert [path[0] for path in paths(three, page=Page(10))] == ["a", "a", "x"]
