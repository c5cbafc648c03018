"""The history tells each change of files between the commits: who, how, how many, when."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import ArchiveFiles, RevertFile, UnarchiveFile
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Invalid
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.domain.outbox import Told
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.get_history import get_history

from tests.support import REF, World


@pytest.fixture
def world() -> World:
    world = World()
    world.put(a_txt="one", b_txt="two")
    return world


def step(world: World, operation: Any, command: Any, user: str = "ann") -> None:
    world.clock.advance()
    world.run(operation, command, user)


def history(world: World, size: int = 100) -> list[Told]:
    """All pages, laid end to end."""
    found, cursor = [], None
    while True:
        page = world.run(get_history, GetHistory(REF, Page(size, cursor)))
        assert len(page.events) <= size
        found += page.events
        cursor = page.cursor
        if cursor is None:
            return found


def facts(told: Told) -> tuple[object, ...]:
    event = told.event
    what = event.detail.get("change")
    return event.kind, what, event.detail.get("count"), event.by, [one.path for one in told.files]


def test_what_is_done_to_files_stands_between_the_commits(world: World) -> None:
    first = world.files.history(REF, "a.txt")[0].version_id
    world.create()
    world.put(a_txt="three")
    step(world, revert_file, RevertFile(REF, "a.txt", first), "bob")
    step(world, archive_files, ArchiveFiles(REF, "b.txt", False), "cid")
    world.clock.advance()
    world.create()
    step(world, unarchive_file, UnarchiveFile(REF, "b.txt"))
    created: tuple[object, ...] = "version.created", None, None, "ann", []
    assert [facts(one) for one in history(world)] == [
        ("files.changed", "unarchive", 1, "ann", ["b.txt"]),
        created,
        ("files.changed", "archive", 1, "cid", ["b.txt"]),
        ("files.changed", "revert", 1, "bob", ["a.txt"]),
        created,
    ]
    persons = [one.event.person for one in history(world)]
    assert persons == ["ann", "ann", "cid", "bob", "ann"]


def many(world: World) -> list[str]:
    """Ten commits and ten changes; the ids, newest first."""
    for number in range(10):
        world.clock.advance()
        now = world.clock.now()
        mine = ChangeSet(f"set-{number}", ChangeKind.UPLOAD, "ann", now, now)
        world.journal.open(REF, mine, [PathState("a.txt", None)])
        closed = ChangeSet(f"set-{number}", ChangeKind.UPLOAD, "ann", now, now, now)
        world.journal.close(REF, closed, [PathState("a.txt", None, f"ov-{number}")])
        if number % 3:
            world.create()
            world.create()
    return [one.event.event_id for one in history(world)]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_of_any_size_show_each_once_and_in_order(world: World, size: int) -> None:
    whole = many(world)
    assert len(whole) == len(set(whole)) == 22
    assert [one.event.event_id for one in history(world, size)] == whole


def test_what_others_did_in_the_bucket_is_told_by_the_changes_alone(world: World) -> None:
    now = world.clock.now()
    told = ChangeSet("put", ChangeKind.PUT, BUCKET, now, now, now, attempt="put")
    world.journal.record(REF, told, [PathState("a.txt", None, "ov", at=0)])
    assert history(world) == []


def test_a_clock_that_goes_back_hides_nothing(world: World) -> None:
    step(world, archive_files, ArchiveFiles(REF, "b.txt", False))
    world.clock.advance(-3_600)
    world.create()
    for size in (1, 2):
        assert {one.event.kind for one in history(world, size)} == {"files.changed", "version.created"}


@pytest.mark.parametrize(
    "place",
    [
        "x|y",
        "x|2026-03-15T10:30:00.000#set",
        "x|0001-01-01T00:00:00+23:59#set",
        "x|9999-12-31T23:59:59-23:59#x",
    ],
)
def test_a_place_that_nobody_was_given_is_refused(world: World, place: str) -> None:
    scope = f"history of {world.head().uid}"
    with pytest.raises(Invalid, match="cursor"):
        world.run(get_history, GetHistory(REF, Page(3, seal(scope, place))))


def test_a_large_change_names_its_first_files_and_counts_all(world: World) -> None:
    now = world.clock.now() + timedelta(seconds=1)
    states = [PathState(f"f{number:04}", None) for number in range(300)]
    mine = ChangeSet("set", ChangeKind.ARCHIVE, "ann", now, now)
    world.journal.open(REF, mine, states)
    world.journal.close(REF, ChangeSet("set", ChangeKind.ARCHIVE, "ann", now, now, now), states)
    (told,) = history(world)
    assert (told.event.detail["count"], [one.path for one in told.files]) == (
        300,
        [state.path for state in states[:100]],
    )
