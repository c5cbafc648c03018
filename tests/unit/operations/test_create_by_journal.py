"""A version that is made by the journal: nothing is listed, and it holds what a listing would show."""

from contextlib import suppress
from typing import Any

import pytest
from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.commands.versions import ActivateVersion, RevertVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Version
from assetversions.domain.taken import By, Taken
from assetversions.engine import lease
from assetversions.engine.jobs import prepare
from assetversions.engine.operation import Operation
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.revert_version import revert_version
from msgspec.structs import replace

from tests.support import REF, Crash, World, number
from tests.support.jobs_world import break_off, in_background

ONE = {"a.txt": b"one", "b.txt": b"b"}


@pytest.fixture
def two(world: World) -> World:
    """Version 2 holds what is there."""
    world.put(a_txt="one", b_txt="b")
    world.create()
    world.put(a_txt="two", b_txt=None, c_txt="c")
    world.create()
    world.clock.advance()
    return world


def told(world: World, *paths: str) -> None:
    """S3 has told that something happened there."""
    now = world.clock.now()
    name = f"events at {now} of {paths}"
    states = [PathState(path, None, "some version", at=int(now.timestamp())) for path in paths]
    world.journal.record(REF, ChangeSet(name, ChangeKind.PUT, BUCKET, now, now, now, attempt=name), states)


def by_journal(world: World) -> Version:
    version: Version = world.create(by_journal=True).version
    return version


def pins(world: World, version: Version) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in world.manifest(version)}


def stands(world: World) -> dict[str, str]:
    return {path: world.files.history(REF, path)[-1].version_id for path in world.files.contents(REF)}


def without_listings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise AssertionError("The bucket was listed.")

    for name in ("working", "newest", "everything"):
        monkeypatch.setattr(world.files, name, refused)


def test_it_looks_where_the_journal_says_and_lists_nothing(two: World, monkeypatch: pytest.MonkeyPatch):
    two.put(a_txt="three", b_txt="back", c_txt=None, unseen_txt="not told yet")
    told(two, "a.txt", "b.txt", "c.txt", "never.txt")
    since = two.clock.now()
    with monkeypatch.context() as patch:
        without_listings(two, patch)
        version = by_journal(two)
    assert two.content(version) == {"a.txt": b"three", "b.txt": b"back"}
    assert version.taken == Taken(By.JOURNAL, since)
    assert two.journal.sets(REF) == []
    told(two, "unseen.txt")
    assert pins(two, by_journal(two)) == stands(two)


@pytest.mark.parametrize(("by", "reads"), [(By.JOURNAL, "current"), (By.LIST, "working")])
def test_it_tells_of_an_instant_before_the_files_were_read(
    two: World, monkeypatch: pytest.MonkeyPatch, by: By, reads: str
):
    """What is written while they are read may not be in it."""
    told(two, "a.txt")
    since, read = two.clock.now(), getattr(two.files, reads)

    def slowly(*asked: Any) -> Any:
        two.clock.advance(30)
        return read(*asked)

    monkeypatch.setattr(two.files, reads, slowly)
    assert two.create(by_journal=by is By.JOURNAL).version.taken == Taken(by, since)


def test_where_nobody_else_may_write_every_version_is_made_so(two: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(two, "services", lambda *user: replace(World.services(two, *user), all_noted=True))
    two.run(archive_files, ArchiveFiles(REF, "c.txt", folder=False))
    with monkeypatch.context() as patch:
        without_listings(two, patch)
        version = two.create().version
    assert (two.content(version), version.taken and version.taken.by) == ({"a.txt": b"two"}, By.JOURNAL)


def test_the_first_version_and_one_whose_base_is_lost_are_made_by_listing(world: World):
    world.put(a_txt="one")
    first = by_journal(world)
    assert (world.content(first), first.taken and first.taken.by) == ({"a.txt": b"one"}, By.LIST)
    del world.manifests.bodies[first.uid, first.manifest]
    second = by_journal(world)
    assert (world.content(second), second.taken and second.taken.by) == ({"a.txt": b"one"}, By.LIST)


def test_a_version_that_is_made_of_no_working_files_says_nothing_of_how_they_were_read(two: World):
    assert two.create(as_of=two.clock.now()).version.taken is None
    listed = two.create().version.taken
    assert listed == Taken(By.LIST, two.clock.now())


def test_a_change_of_ours_that_is_at_work_is_not_in_it_and_is_in_the_next(two: World):
    now = two.clock.now()
    before = stands(two)["a.txt"]
    change = ChangeSet("archive-1", ChangeKind.ARCHIVE, "ann", now, now.replace(year=2030), attempt="1")
    two.journal.open(REF, change, [PathState("a.txt", before)])
    two.put(a_txt=None)
    assert two.content(by_journal(two)) == {"a.txt": b"two", "c.txt": b"c"}
    two.journal.close(REF, replace(change, closed_at=two.clock.now()), [PathState("a.txt", before)])
    assert two.content(by_journal(two)) == {"c.txt": b"c"}


def test_a_folder_that_is_archived_again_long_after_leaves_all_that_was_archived_before_on_record(
    two: World,
):
    two.put(**{"d/a": "a", "d/b": "b"})
    two.create()
    two.run(archive_files, ArchiveFiles(REF, "d", folder=True))
    two.clock.advance(2 * 3_600)
    two.put(**{"d/a": "again"})
    two.run(archive_files, ArchiveFiles(REF, "d", folder=True))
    assert pins(two, by_journal(two)) == stands(two)


Restore = tuple[Operation[Any, Any], Any]
RESTORES: dict[str, Restore] = {
    "revert": (revert_version, RevertVersion(REF, number(1))),
    "part": (revert_version, RevertVersion(REF, number(1), paths=("b.txt", "c.txt"))),
    "activate": (activate_version, ActivateVersion(REF, number(1))),
}
EACH = pytest.mark.parametrize("restore", RESTORES.values(), ids=RESTORES)


@EACH
@pytest.mark.parametrize("background", [False, True])
def test_what_a_restore_has_written_is_in_the_next_one(two: World, restore: Restore, background: bool):
    told(two, "c.txt")
    if background:
        job = two.work(in_background(two, restore))
        assert job.error is None
    else:
        two.run(*restore)
    assert two.journal.sets(REF) == [], "it knows the files as it has left them"
    assert pins(two, by_journal(two)) == stands(two)


@EACH
@pytest.mark.parametrize("step", range(1, 30))
def test_whatever_a_restore_that_broke_off_has_written_is_in_the_next_one(
    two: World, restore: Restore, step: int
):
    two.faults.arm(step, Crash())
    with suppress(Crash):
        two.run(*restore)
    two.faults.disarm()
    held = two.head().lease
    if held is not None and held.until > two.clock.now():
        with pytest.raises(Conflict):
            by_journal(two)
    two.clock.moment += lease.LENGTH
    assert pins(two, by_journal(two)) == stands(two)
    assert two.journal.sets(REF) == []


@EACH
def test_what_the_batches_of_a_job_have_written_is_in_the_next_one(
    two: World, restore: Restore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    break_off(two, in_background(two, restore).job, 2, "without a word")
    assert pins(two, by_journal(two)) == stands(two)
    assert two.journal.sets(REF) == []


def test_a_restore_is_told_as_ours_and_once(two: World):
    two.run(revert_version, RevertVersion(REF, number(1)))
    times = two.clock.now().replace(year=2000), two.clock.now().replace(year=2100)
    (closed, *more) = two.journal.history(REF, *times)
    assert not more
    assert (closed.kind, closed.by) == (ChangeKind.RESTORE, "ann")
    assert {state.path: state.after for state in closed.paths} == stands(two) | {"c.txt": None}
