"""Pages by their place: the same as slices of the plain list, deleted versions or not, both ways."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Offset
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    DeleteVersion,
    ListVersions,
    PublishVersion,
    Which,
)
from assetversions.domain.ids import MAX_NUMBER
from assetversions.domain.results.versions import VersionPage
from assetversions.domain.revision_labels import releases, tips
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version
from hypothesis import given
from hypothesis import strategies as st

from tests.support import REF, World, number

MOST = 10
SOME = st.sets(st.integers(1, MOST))
OFFSETS = st.builds(Offset, st.integers(1, 12), st.integers(0, 13), st.none() | st.integers(1, MOST + 2))


def filled(count: int, deleted: set[int], archived: set[int], bumped: set[int]) -> World:
    """So many versions, some of which begin a revision."""
    world = World()
    for one in range(1, count + 1):
        world.create(bump_revision=one in bumped)
    there = set(range(1, count + 1))
    for one in sorted(archived & there):
        world.run(archive_version, ArchiveVersion(REF, number(one)))
    for one in sorted(deleted & there):
        world.run(delete_version, DeleteVersion(REF, number(one)))
    return world


WORLDS = st.builds(filled, st.integers(0, MOST), SOME, SOME, SOME)


def listed(world: World, page: Offset, archived: bool = True, **facts: Any) -> VersionPage:
    found: VersionPage = world.run(list_versions, ListVersions(REF, page, archived, **facts))
    return found


def numbers(page: VersionPage) -> list[int]:
    return [version.number for version in page.versions]


def visible(world: World, archived: bool, oldest_first: bool) -> list[int]:
    """The plain list, by looking at everything."""
    hidden = {"deleted"} if archived else {"deleted", "archived"}
    found = [version.number for version in world.versions() if version.state not in hidden]
    return sorted(found, reverse=not oldest_first)


@given(WORLDS, OFFSETS, st.booleans(), st.booleans())
def test_a_page_by_its_place_is_a_slice_of_the_plain_list(
    world: World, page: Offset, archived: bool, oldest_first: bool
) -> None:
    wanted = visible(world, archived, oldest_first)
    if page.newest is not None and not oldest_first:
        wanted = [one for one in wanted if one <= page.newest]
    found = listed(world, page, archived, oldest_first=oldest_first)
    end = page.start + page.size
    assert numbers(found) == wanted[page.start : end]
    assert (found.cursor is not None) == (len(wanted) > end)
    assert found.total == (len(visible(world, True, True)) if archived else None)


@given(WORLDS, st.integers(1, 4), st.booleans())
def test_pages_end_to_end_are_the_plain_list(world: World, size: int, oldest_first: bool) -> None:
    seen: list[int] = []
    for start in range(0, MOST + size, size):
        seen += numbers(listed(world, Offset(size, start), oldest_first=oldest_first))
    assert seen == visible(world, True, oldest_first)


@given(WORLDS, st.integers(1, 4))
def test_from_its_newest_on_a_list_is_the_same_whatever_is_made_later(world: World, size: int) -> None:
    newest = world.head().latest or None
    wanted, seen = visible(world, True, False), []
    for start in range(0, MOST + size, size):
        seen += numbers(listed(world, Offset(size, start, newest)))
        if newest is not None:
            world.create()
    assert seen == wanted


@given(WORLDS, OFFSETS, st.sampled_from(list(Which)[1:]), st.booleans(), st.data())
def test_those_that_stand_out_come_by_place_as_well(
    world: World, page: Offset, which: Which, oldest_first: bool, data: st.DataObject
) -> None:
    drafts = [one.number for one in world.versions() if one.state == "draft"]
    if drafts:
        world.run(publish_version, PublishVersion(REF, number(data.draw(st.sampled_from(drafts)))))
    head, wanted = world.head(), set()
    if which == "published" and head.published:
        wanted.add(head.published)
    if "released" in which:
        wanted |= set(releases(head.revisions))
    if "tips" in which:
        wanted |= set(tips(head.revisions))
    chosen = sorted(wanted, reverse=not oldest_first)
    found = listed(world, Offset(page.size, page.start), which=which, oldest_first=oldest_first)
    assert numbers(found) == chosen[page.start : page.start + page.size]
    assert found.total == len(chosen)


@pytest.mark.parametrize("oldest_first", [True, False])
@pytest.mark.parametrize("deleted", [set(), {2}])
@pytest.mark.parametrize("start", [4, 5, 99, MAX_NUMBER])
def test_past_the_end_there_is_nothing_but_the_total(
    oldest_first: bool, deleted: set[int], start: int
) -> None:
    world = filled(4, deleted, set(), set())
    found = listed(world, Offset(3, start), oldest_first=oldest_first)
    assert (found.versions, found.cursor, found.total) == ([], None, 4 - len(deleted))


@pytest.mark.parametrize("oldest_first", [True, False])
def test_where_none_is_deleted_nothing_before_the_page_is_read(oldest_first: bool) -> None:
    world = filled(10, set(), {4}, set())
    head, services = world.head(), world.services()
    before = world.faults.steps
    list_versions(ListVersions(REF, Offset(2, 7), True, oldest_first=oldest_first), head, services)
    assert world.faults.steps - before == 3
