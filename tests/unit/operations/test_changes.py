"""What happened to files is told once: our own changes as ours, those of others as S3's events tell them."""

from datetime import timedelta

import pytest
from assetversions.domain.commands.catalog import GetAsset
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.files import ArchiveFiles, ListChanges, UnarchiveFile
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState, told_set
from assetversions.domain.results.files import ChangePage, FileChange
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.list_changes import list_changes
from assetversions.operations.files.unarchive_file import unarchive_file

from tests.support import REF, World, number

ALL = Page(1_000)


@pytest.fixture
def world() -> World:
    return World()


def newest(world: World, path: str) -> str:
    return world.files.history(REF, path)[-1].version_id


def told(world: World, kind: ChangeKind, *events: tuple[str, str | None], set_id: str = "") -> None:
    """S3's events have come, by now."""
    now = world.clock.now()
    name = set_id or f"{kind} {events}"
    change = ChangeSet(name, kind, BUCKET, now, now, now, attempt=name)
    states = [PathState(path, None, version, at=int(now.timestamp())) for path, version in events]
    world.journal.record(REF, change, states)


def uploaded(world: World, path: str, user: str = "ann") -> None:
    """An upload of ours, which S3 tells of later."""
    world.clock.advance()
    now = world.clock.now()
    change = ChangeSet(f"upload of {path}", ChangeKind.UPLOAD, user, now, now, attempt=path)
    world.journal.open(REF, change, [PathState(path, None)])
    world.put(**{path.replace(".", "_"): "text"})
    closed = ChangeSet(change.set_id, change.kind, user, now, now, world.clock.now(), attempt=path)
    world.journal.close(REF, closed, [PathState(path, None, newest(world, path))])


def changes(world: World, since: object = None, page: Page = ALL) -> list[FileChange]:
    found: ChangePage = world.run(list_changes, ListChanges(REF, page, since))  # type: ignore[arg-type]
    return found.changes


def shown(found: list[FileChange]) -> list[tuple[str, str, str, str | None]]:
    return [(one.path, str(one.kind), one.by, one.object_version) for one in found]


@pytest.mark.parametrize(
    "place",
    ["x", "2026-03-15T10:30:00.000#set", "0001-01-01T00:00:00+23:59#set", "9999-12-31T23:59:59-23:59#x"],
)
def test_a_place_that_nobody_was_given_is_refused(world: World, place: str):
    since = world.clock.now()
    cursor = seal(f"changes of {world.head().uid} since {since}", place)
    with pytest.raises(Invalid, match="cursor"):
        changes(world, since, Page(3, cursor))


def working_changes(world: World) -> int:
    count: int = world.run(get_asset, GetAsset(REF)).working_changes
    return count


def test_what_others_put_and_delete_is_told_with_the_time_at_which_it_was_seen(world: World):
    world.put(a_txt="one")
    version, at = newest(world, "a.txt"), world.clock.now()
    told(world, ChangeKind.PUT, ("a.txt", version))
    told(world, ChangeKind.DELETE, ("b.txt", "marker"))
    world.clock.advance(3_600)
    found = changes(world)
    assert shown(found) == [
        ("b.txt", "delete", "bucket", "marker"),
        ("a.txt", "put", "bucket", version),
    ]
    assert {one.at for one in found} == {at.replace(microsecond=0)}
    assert working_changes(world) == 2


def test_an_upload_of_ours_is_told_once_and_by_whom(world: World):
    uploaded(world, "a.txt", "mara")
    told(world, ChangeKind.PUT, ("a.txt", newest(world, "a.txt")))
    told(world, ChangeKind.PUT, ("a.txt", newest(world, "a.txt")), set_id="the same again")
    assert shown(changes(world)) == [("a.txt", "upload", "mara", newest(world, "a.txt"))]
    assert working_changes(world) == 1


def test_an_event_that_comes_after_the_version_tells_nothing_new_of_what_we_did(world: World):
    uploaded(world, "a.txt")
    world.create()
    assert working_changes(world) == 0
    world.clock.advance(3_600)
    told(world, ChangeKind.PUT, ("a.txt", newest(world, "a.txt")))
    assert (changes(world), working_changes(world)) == ([], 0)


def test_what_we_have_hidden_is_told_once_and_what_others_delete_later_is_told_too(world: World):
    world.put(a_txt="one")
    world.run(archive_files, ArchiveFiles(REF, "a.txt", folder=False))
    told(world, ChangeKind.DELETE, ("a.txt", "our marker"))
    assert shown(changes(world)) == [("a.txt", "archive", "ann", None)]
    world.clock.advance(3_600)
    told(world, ChangeKind.DELETE, ("a.txt", "their marker"))
    assert [one.by for one in changes(world)] == ["ann", "bucket"]
    assert working_changes(world) == 1


def test_files_older_than_their_asset_are_looked_up_in_no_older_journal(world: World):
    """Those of a bucket that was brought in may be of a thousand days."""
    now = int(world.clock.now().timestamp())
    old = [PathState(f"{day}.txt", None, f"v{day}", at=now - day * 86_400) for day in range(300)]
    world.journal.record(REF, told_set("all of them", ChangeKind.PUT, world.clock.now()), old)
    before = world.faults.steps
    assert working_changes(world) == 300
    assert world.faults.steps - before < 20


def test_a_put_of_others_is_told_however_close_to_a_change_of_ours(world: World):
    uploaded(world, "a.txt")
    world.put(a_txt="theirs")
    told(world, ChangeKind.PUT, ("a.txt", newest(world, "a.txt")))
    assert [one.by for one in changes(world)] == ["ann", "bucket"]


def test_what_a_clock_that_is_behind_notes_later_is_told_later(world: World):
    world.put(a_txt="one")
    world.run(archive_files, ArchiveFiles(REF, "a.txt", folder=False))
    world.clock.advance(-10)
    world.run(unarchive_file, UnarchiveFile(REF, "a.txt"))
    assert [one.kind for one in changes(world)] == [ChangeKind.ARCHIVE, ChangeKind.UNARCHIVE]


def test_nothing_is_pending_once_a_version_has_taken_it_in_but_it_is_told_since_a_moment(world: World):
    begin = world.clock.now()
    uploaded(world, "a.txt")
    world.put(b_txt="one")
    told(world, ChangeKind.PUT, ("b.txt", newest(world, "b.txt")))
    world.clock.advance()
    done = world.create()
    world.clock.advance()
    told(world, ChangeKind.DELETE, ("b.txt", "marker"))
    assert [one.path for one in changes(world, begin)] == ["a.txt", "b.txt", "b.txt"]
    assert [one.kind for one in changes(world, number(done.version.number))] == [ChangeKind.DELETE]
    assert [one.kind for one in changes(world)] == [ChangeKind.DELETE]
    with pytest.raises(NotFound):
        changes(world, VersionRef(number=9))


@pytest.mark.parametrize("since", [VersionRef(number=9), VersionRef(alias="2026-11-25")])
def test_who_asks_since_what_is_no_version_hears_which_field_and_how_to_write_an_instant(
    world: World, since: VersionRef
):
    with pytest.raises(NotFound, match=f"'{since}'; since takes .*2026-11-25T18:00:00Z"):
        changes(world, since)


@pytest.mark.parametrize("since", [None, timedelta(0)])
def test_the_pages_hold_every_change_once(world: World, since: timedelta | None):
    begin = world.clock.now()
    for index in range(3):
        world.clock.advance()
        told(world, ChangeKind.PUT, *((f"{index}{letter}.txt", f"{index}{letter}") for letter in "abc"))
    told(world, ChangeKind.DELETE, ("0a.txt", "marker"))
    cursor, found = None, []
    while True:
        moment = None if since is None else begin + since
        page: ChangePage = world.run(list_changes, ListChanges(REF, Page(2, cursor), moment))
        found += page.changes
        cursor = page.cursor
        if cursor is None:
            break
    assert shown(found) == shown(changes(world, None if since is None else begin + since))
    assert len(found) == 10


def test_a_cursor_that_somebody_made_up_is_refused(world: World):
    from assetversions.domain.cursor import seal

    since = world.clock.now()
    scope = f"changes of {world.head().uid} since {since}"
    for place in ("x", "2026-03-15T10:30:00#a", "9999-99-99T00:00:00+00:00#a"):
        with pytest.raises(Invalid, match="cursor"):
            changes(world, since, Page(10, seal(scope, place)))


def test_a_thousand_paths_are_counted_one_by_one(world: World):
    told(world, ChangeKind.PUT, *((f"{index}.txt", str(index)) for index in range(999)))
    told(world, ChangeKind.DELETE, ("0.txt", "marker"))
    assert working_changes(world) == 999
    told(world, ChangeKind.PUT, *((f"new {index}.txt", f"n{index}") for index in range(9)))
    assert working_changes(world) == 1_000
