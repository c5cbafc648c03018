"""A version as of an instant holds what readers saw then: S3 dates an upload in parts by its start."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import Conflict
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.operations.files.archive_files import archive_files
from msgspec.structs import replace

from tests.support import REF
from tests.support.uploads import OurUpload, UploadWorld


@pytest.fixture
def world() -> UploadWorld:
    return UploadWorld()


def as_of(world: UploadWorld, instant: datetime, **facts: Any) -> dict[str, bytes | None]:
    return world.content(world.create(as_of=instant, allow_empty=True, **facts).version)


def later(world: UploadWorld, seconds: int = 10) -> datetime:
    """An instant, some seconds after what came before, with as many behind it."""
    world.clock.advance(seconds)
    instant = world.clock.now()
    world.clock.advance(seconds)
    return instant


def test_an_upload_is_in_it_from_its_completion_on_and_not_from_its_start(world: UploadWorld):
    upload = OurUpload(world, "a.txt")
    then = later(world)
    upload.complete()
    assert as_of(world, then) == {}
    assert as_of(world, world.clock.now()) == {"a.txt": b"new"}


def test_while_an_upload_goes_on_it_holds_what_was_there_before(world: UploadWorld):
    world.put(a_txt="old")
    upload = OurUpload(world, "a.txt")
    then = later(world)
    upload.complete()
    assert as_of(world, then) == {"a.txt": b"old"}


def test_what_was_completed_under_something_newer_never_was_there(world: UploadWorld):
    upload = OurUpload(world, "a.txt")
    between = later(world)
    world.put(a_txt="put")
    world.clock.advance(10)
    upload.complete()
    assert as_of(world, between) == {}
    assert as_of(world, world.clock.now()) == {"a.txt": b"put"}


def test_an_upload_is_in_it_whole_or_not_at_all(world: UploadWorld):
    world.put(a_txt="old", b_txt="old")
    upload = OurUpload(world, "a.txt", "b.txt").open()
    upload.show("a.txt")
    then = later(world)
    upload.show("b.txt").close()
    assert as_of(world, then) == {"a.txt": b"old", "b.txt": b"old"}
    assert as_of(world, world.clock.now()) == {"a.txt": b"new", "b.txt": b"new"}


def test_an_upload_that_is_half_visible_now_is_not_in_it(world: UploadWorld):
    world.put(a_txt="old")
    OurUpload(world, "a.txt", "b.txt").open().show("a.txt")
    world.clock.advance(10)
    assert as_of(world, world.clock.now()) == {"a.txt": b"old"}


def test_an_upload_that_becomes_visible_just_now_was_not_there_before(world: UploadWorld):
    upload = OurUpload(world, "a.txt", "b.txt")
    then = later(world)
    world.files.put(REF, "c.txt", b"c")
    upload.open().show("a.txt")
    assert as_of(world, then) == {}


def test_a_folder_that_was_being_archived_is_in_it_whole(world: UploadWorld):
    world.put(**{"f/a": "a", "f/b": "b"})
    instants: list[datetime] = []
    world.files.beside_delete = lambda: instants.append(later(world))
    world.run(archive_files, ArchiveFiles(REF, "f", folder=True))
    assert as_of(world, instants[0]) == {"f/a": b"a", "f/b": b"b"}
    assert as_of(world, world.clock.now()) == {}


def test_a_folder_that_is_being_archived_is_in_it_whole(world: UploadWorld):
    world.put(**{"f/a": "a", "f/b": "b"})
    found: list[dict[str, bytes | None]] = []
    world.files.beside_delete = lambda: found.append(as_of(world, world.clock.now()))
    world.run(archive_files, ArchiveFiles(REF, "f", folder=True))
    assert found == [{"f/a": b"a", "f/b": b"b"}]


def test_a_change_that_broke_off_and_ended_days_later_is_not_in_it_before(world: UploadWorld):
    """What stood there all the time is known from its change set, whenever that was closed."""
    world.put(a_txt="old", b_txt="old")
    upload = OurUpload(world, "a.txt", "b.txt").open().show("a.txt")
    then = later(world)
    world.clock.advance(3 * 24 * 3600)
    upload.show("b.txt").close()
    world.clock.advance(3 * 24 * 3600)
    assert as_of(world, then) == {"a.txt": b"old", "b.txt": b"old"}


def test_an_upload_whose_end_was_noted_twice_is_there_from_the_first_time_on(world: UploadWorld):
    upload = OurUpload(world, "a.txt")
    world.clock.advance(10)
    upload.complete()
    then = later(world)
    upload.open().close()
    assert as_of(world, then) == {"a.txt": b"new"}


def test_an_upload_counts_from_its_completion_a_day_after_its_start(world: UploadWorld):
    upload = OurUpload(world, "a.txt")
    soon = later(world)
    world.clock.advance(24 * 3600 - 60)
    late = world.clock.now()
    world.clock.advance(30)
    upload.complete()
    world.clock.advance(3600)
    assert as_of(world, soon) == as_of(world, late) == {}
    assert as_of(world, world.clock.now()) == {"a.txt": b"new"}


def uncertain(world: UploadWorld, instant: datetime) -> tuple[int, Sequence[str]]:
    found = world.create(as_of=instant, allow_empty=True).uncertain
    return found.count, found.paths


def foreign(world: UploadWorld, path: str, seconds: int = 10) -> None:
    """Another client's upload in parts, which goes past the journal."""
    begun = world.files.begin(REF, path)
    world.clock.advance(seconds)
    world.files.complete(begun, b"foreign")


def test_where_only_the_date_of_s3_is_known_it_says_so(world: UploadWorld):
    world.put(a_txt="a")
    foreign(world, "foreign.bin")
    OurUpload(world, "ours.bin").complete()
    assert uncertain(world, world.clock.now()) == (1, ("foreign.bin",))


def test_what_others_uploaded_in_parts_is_there_from_the_second_that_the_event_of_s3_names(
    world: UploadWorld,
):
    """It may be told of days later."""
    world.put(a_txt="old")
    then = world.clock.now()
    foreign(world, "a.txt", seconds=100)
    during, done = then + timedelta(seconds=50), world.clock.now()
    world.clock.advance(2 * 24 * 3600)
    assert (as_of(world, during), uncertain(world, during)) == ({"a.txt": b"foreign"}, (1, ("a.txt",)))
    now = world.clock.now()
    change = ChangeSet("events", ChangeKind.PUT, BUCKET, now, now, now, attempt="events")
    version = world.files.history(REF, "a.txt")[-1].version_id
    world.journal.record(REF, change, [PathState("a.txt", None, version, at=int(done.timestamp()))])
    assert (as_of(world, during), uncertain(world, during)) == ({"a.txt": b"old"}, (0, ()))
    assert (as_of(world, done), uncertain(world, done)) == ({"a.txt": b"foreign"}, (0, ()))


def test_no_upload_goes_on_for_so_long_that_it_were_uncertain_for_ever(world: UploadWorld):
    foreign(world, "foreign.bin")
    assert uncertain(world, world.clock.now() + timedelta(0))[0] == 1
    world.clock.advance(11 * 24 * 3600)
    assert uncertain(world, world.clock.now()) == (0, ())


def test_what_other_instants_hold_does_not_make_it_uncertain(world: UploadWorld):
    world.put(a_txt="a")
    then = world.clock.now()
    world.clock.advance(10)
    foreign(world, "a.txt")
    assert uncertain(world, then) == (0, ())
    world.put(a_txt="put")
    assert uncertain(world, world.clock.now()) == (0, ())


def test_it_names_the_first_twenty_and_counts_all(world: UploadWorld):
    for index in range(25):
        foreign(world, f"{index:02d}.bin", seconds=0)
    count, paths = uncertain(world, world.clock.now())
    assert (count, list(paths)) == (25, [f"{index:02d}.bin" for index in range(20)])


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if not kind.plain])
def test_a_set_of_ours_of_any_kind_that_was_open_then_shows_what_was_before(
    world: UploadWorld, kind: ChangeKind
):
    world.put(a_txt="old")
    (old,) = world.files.history(REF, "a.txt")
    opened = world.clock.now()
    world.put(a_txt="new")
    then = later(world)
    (_, new) = world.files.history(REF, "a.txt")
    state = PathState("a.txt", old.version_id, new.version_id if kind is ChangeKind.UPLOAD else None)
    closed = ChangeSet("one", kind, "ann", opened, opened, world.clock.now())
    world.journal.open(REF, replace(closed, closed_at=None), [state])
    world.journal.close(REF, closed, [state])
    assert as_of(world, then) == {"a.txt": b"old"}


@pytest.mark.parametrize("ended", [False, True])
def test_what_others_put_while_our_upload_was_at_work_was_there(world: UploadWorld, ended: bool):
    world.put(a_txt="old")
    world.clock.advance(2)
    upload = OurUpload(world, "a.txt").open()
    world.put(a_txt="theirs")
    then = later(world)
    upload.show("a.txt")
    if ended:
        upload.close()
    assert as_of(world, then) == {"a.txt": b"theirs"}


def test_what_no_version_can_hold_is_refused_unless_it_is_of_another_time(world: UploadWorld):
    world.put(a_txt="a")
    then = later(world)
    world.files.put(REF, "old.txt", b"2", "null")
    with pytest.raises(Conflict, match=r"old\.txt"):
        as_of(world, world.clock.now())
    assert as_of(world, then) == {"a.txt": b"a"}


def test_what_was_there_then_and_is_destroyed_is_not_left_out_silently(world: UploadWorld):
    world.put(a_txt="old")
    (old,) = world.files.history(REF, "a.txt")
    upload = OurUpload(world, "a.txt").open()
    then = later(world)
    upload.show("a.txt").close()
    world.files.purge(REF, "a.txt", old.version_id)
    with pytest.raises(Conflict, match="destroyed"):
        as_of(world, then)
