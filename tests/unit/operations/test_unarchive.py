"""Unarchiving brings back what readers saw last; of a folder all that was archived with it, or nothing."""

import pytest
from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.errors import Conflict, Error, NotFound
from assetversions.domain.journal import ChangeKind, folder_set
from assetversions.domain.ports.files import Source
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import Deferred
from assetversions.engine import budget, journal
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.versions.cancel_job import cancel_job

from tests.support import REF, Crash, Failure
from tests.support.folders import archive, filled_world, there, unarchive
from tests.support.uploads import OurUpload, UploadWorld

DAY = 24 * 3600


@pytest.fixture
def world() -> UploadWorld:
    return UploadWorld()


@pytest.fixture
def filled() -> UploadWorld:
    return filled_world()


def held(world: UploadWorld) -> list[str]:
    """What a version of now holds."""
    return list(world.content(world.create().version))


# one file


def test_what_was_completed_under_the_delete_marker_is_not_brought_back(world: UploadWorld):
    world.put(a_txt="seen")
    upload = OurUpload(world, "a.txt")
    world.put(a_txt=None)
    upload.complete(b"never seen")
    world.clock.advance(3600)
    assert unarchive(world, "a.txt", folder=False) == Unarchived(["a.txt"])
    assert there(world) == {"a.txt": "seen"}


def test_what_was_uploaded_in_parts_and_seen_is_brought_back(world: UploadWorld):
    world.put(a_txt="before")
    OurUpload(world, "a.txt").complete(b"seen")
    world.clock.advance(3600)
    world.put(a_txt=None)
    assert unarchive(world, "a.txt", folder=False) == Unarchived(["a.txt"])
    assert there(world) == {"a.txt": "seen"}


def test_an_upload_that_was_taken_back_was_never_there(world: UploadWorld):
    world.put(a_txt="before")
    broken = OurUpload(world, "a.txt", "b.txt").open().show("a.txt", b"half")
    world.clock.advance(3600)
    late = OurUpload(world, "a.txt")
    OurUpload(world, "b.txt").complete(b"of others")
    assert broken.ended
    assert there(world) == {"a.txt": "before", "b.txt": "of others"}
    world.put(a_txt=None)
    late.complete(b"never seen")
    assert unarchive(world, "a.txt", folder=False).uncertain.count == 0
    assert there(world)["a.txt"] == "before"


def test_where_only_the_date_of_s3_is_known_it_says_so(world: UploadWorld):
    world.put(a_txt="before")
    world.files.complete(world.files.begin(REF, "a.txt"), b"foreign")
    world.put(a_txt=None)
    done = unarchive(world, "a.txt", folder=False)
    assert (done.uncertain.count, done.uncertain.paths) == (1, ("a.txt",))
    assert there(world) == {"a.txt": "foreign"}


def test_the_previews_that_were_hidden_with_a_file_come_back_with_it(world: UploadWorld):
    names = ["a.txt", "a.txt.previewFile.gif", "a.txt.previewFile.png", "a.txt.previewFile.png.txt"]
    for name in names:
        world.files.put(REF, name, name.encode())
    world.files.put(REF, names[1], None)
    world.files.put(REF, names[3], None)
    world.clock.advance(60)
    hidden = world.run(archive_files, ArchiveFiles(REF, "a.txt", False))
    assert unarchive(world, "a.txt", folder=False).paths == hidden == [names[0], names[2]]
    assert sorted(there(world)) == hidden, "the others were deleted before"
    world.run(archive_files, ArchiveFiles(REF, "a.txt", False))
    world.files.put(REF, names[2], b"put anew")
    assert unarchive(world, "a.txt", folder=False).paths == ["a.txt"]
    assert there(world)[names[2]] == "put anew"


def test_what_had_been_there_for_long_is_certain(world: UploadWorld):
    world.files.complete(world.files.begin(REF, "a.txt"), b"foreign")
    world.clock.advance(11 * DAY)
    world.put(a_txt=None)
    assert unarchive(world, "a.txt", folder=False).uncertain.count == 0


# a folder


@pytest.mark.parametrize("path", ["f", "f/"])
@pytest.mark.parametrize("again", ["f", "f/"])
def test_a_folder_comes_back_and_what_was_deleted_before_stays_so(filled: UploadWorld, path: str, again: str):
    archive(filled, path)
    assert there(filled) == {"fg": "alike"}
    assert unarchive(filled, again) == Unarchived(["f/a", "f/b", "f/sub/c"])
    assert there(filled) == {"f/a": "a", "f/b": "b", "f/sub/c": "c", "fg": "alike"}


def test_a_folder_within_comes_back_alone(filled: UploadWorld):
    archive(filled, "f")
    assert unarchive(filled, "f/sub").paths == ["f/sub/c"]
    assert there(filled) == {"f/sub/c": "c", "fg": "alike"}
    assert unarchive(filled, "f").paths == ["f/a", "f/b"]


def test_where_no_archiving_is_remembered_all_comes_back_that_is_hidden(filled: UploadWorld):
    filled.put(**{"f/a": None})
    assert unarchive(filled, "f").paths == ["f/a", "f/gone"]
    assert there(filled)["f/gone"] == "gone"


def test_what_came_back_and_was_deleted_since_stays_so(filled: UploadWorld):
    archive(filled, "f")
    unarchive(filled, "f")
    filled.put(**{"f/a": None})
    filled.put(**{"f/b": "newer"})
    filled.put(**{"f/b": None})
    with pytest.raises(NotFound):
        unarchive(filled, "f")
    assert there(filled) == {"f/sub/c": "c", "fg": "alike"}


def test_of_several_archivings_all_that_is_still_hidden_comes_back(filled: UploadWorld):
    archive(filled, "f")
    filled.put(**{"f/late": "late"})
    archive(filled, "f")
    filled.put(**{"f/a": "another"})
    assert unarchive(filled, "f").paths == ["f/b", "f/late", "f/sub/c"]
    assert there(filled)["f/a"] == "another"


def test_what_was_completed_under_the_archiving_is_not_what_comes_back(filled: UploadWorld):
    ours, foreign = OurUpload(filled, "f/a"), filled.files.begin(REF, "f/b")
    archive(filled, "f")
    ours.complete(b"never seen")
    filled.files.complete(foreign, b"never seen")
    assert unarchive(filled, "f") == Unarchived(["f/a", "f/b", "f/sub/c"])
    assert there(filled) == {"f/a": "a", "f/b": "b", "f/sub/c": "c", "fg": "alike"}


@pytest.mark.parametrize("path", ["nowhere", "fg", "f", "f/a"])
def test_where_nothing_is_archived_nothing_is_found(filled: UploadWorld, path: str):
    filled.put(**{"f/gone": "back"})
    with pytest.raises(NotFound, match="archived folder"):
        unarchive(filled, path)


def test_a_folder_is_unarchived_once(filled: UploadWorld):
    archive(filled, "f")
    unarchive(filled, "f")
    with pytest.raises(NotFound):
        unarchive(filled, "f")
    assert filled.files.puts(REF, "f/a") == 3


def test_more_than_a_request_can_copy_is_left_to_a_job(filled: UploadWorld, monkeypatch: pytest.MonkeyPatch):
    archive(filled, "f")
    costs = {"LISTING": 20_000_001, "REQUEST": 4_000_000, "COPIED_BYTES_A_MICROSECOND": 1e-7}
    for cost, least in costs.items():
        monkeypatch.undo()
        monkeypatch.setattr(budget, cost, least)
        deferred: object = unarchive(filled, "f")
        assert isinstance(deferred, Deferred)
        filled.run(cancel_job, CancelJob(REF, deferred.job.job_id))
    assert there(filled) == {"fg": "alike"}
    monkeypatch.undo()
    assert len(unarchive(filled, "f").paths) == 3


def test_a_file_that_cannot_be_read_is_named_and_nothing_changed(
    filled: UploadWorld, monkeypatch: pytest.MonkeyPatch
):
    """As it is with one in Glacier."""
    archive(filled, "f")
    monkeypatch.setattr(
        filled.files,
        "sources",
        lambda _ref, entries: [Source(entry, None, "in Glacier") for entry in entries],
    )
    with pytest.raises(Conflict, match="f/b"):
        unarchive(filled, "f")
    assert there(filled) == {"fg": "alike"}


@pytest.mark.parametrize("fault", [Crash, Failure])
def test_whatever_fails_a_version_has_all_or_nothing_and_the_same_request_finishes(
    fault: type[BaseException],
):
    for at in range(1, 60):
        world = UploadWorld()
        world.put(**{"f/a": "a", "f/b": "b", "f/c": "c"})
        archive(world, "f")
        world.faults.arm(at, fault())
        try:
            unarchive(world, "f")
        except (Crash, Failure, Error):
            assert held_or_nothing(world) in ([], ["f/a", "f/b", "f/c"])
            world.clock.advance(120)
            finish(world)
            assert there(world) == {"f/a": "a", "f/b": "b", "f/c": "c"}, at
            assert held(world) == ["f/a", "f/b", "f/c"], at
        else:
            world.faults.disarm()
            return
    raise AssertionError("it never came to an end")


def held_or_nothing(world: UploadWorld) -> list[str]:
    world.faults.disarm()
    return list(world.content(world.create(allow_empty=True).version))


def finish(world: UploadWorld) -> None:
    """Only where all was done before, there is nothing left to do."""
    try:
        unarchive(world, "f")
    except NotFound:
        assert not [change for change in world.journal.sets(REF) if change.open]


def test_one_that_broke_off_is_finished_by_whoever_needs_its_files(filled: UploadWorld):
    archive(filled, "f")
    crash_in_the_middle(filled)
    filled.clock.advance(120)
    OurUpload(filled, "f/b").open()
    assert there(filled) == {"f/a": "a", "f/b": "b", "f/sub/c": "c", "fg": "alike"}


def crash_in_the_middle(world: UploadWorld) -> None:
    """Some files are back, others not."""
    for at in range(1, 60):
        world.faults.arm(at, Crash())
        try:
            unarchive(world, "f")
        except Crash:
            world.faults.disarm()
            if len(there(world)) > 1:
                return
            world.clock.advance(120)
    raise AssertionError("it never was in the middle")


def test_an_archiving_whose_end_alone_was_not_noted_is_ended_by_the_same_request():
    ended = 0
    for at in range(1, 60):
        filled = filled_world()
        filled.faults.arm(at, Crash())
        try:
            archive(filled, "f")
        except Crash:
            filled.faults.disarm()
            filled.clock.advance(120)
            if "f/a" not in there(filled) and any(one.open for one in filled.journal.sets(REF)):
                archive(filled, "f")
                assert held(filled) == ["fg"], at
                ended += 1
    assert ended


def test_a_folder_comes_back_whole_though_an_attempt_that_broke_off_knew_a_part(filled: UploadWorld):
    archived = filled.files.history(REF, "f/a")[-1].version_id
    archive(filled, "f")
    journal.begin(
        filled.services(),
        filled.head(),
        ChangeKind.UNARCHIVE,
        folder_set(ChangeKind.UNARCHIVE, "f"),
        ["f/a"],
        lambda: {"f/a": None},
        {"f/a": archived},
    )
    filled.clock.advance(120)
    assert unarchive(filled, "f") == Unarchived(["f/a", "f/b", "f/sub/c"])
    assert held(filled) == ["f/a", "f/b", "f/sub/c", "fg"]
