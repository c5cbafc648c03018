"""A reconciliation finds what S3 never told of, mends the journal, and changes nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.catalog import UpdateDatabase
from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.jobs import Job, JobState
from assetversions.domain.journal import BUCKET, ChangeKind, ChangeSet, PathState
from assetversions.operations.catalog.update_database import update_database
from assetversions.operations.files.reconcile_files import reconcile_files

from tests.support import REF, Crash, World

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def world(world: World) -> World:
    """The files are as the version holds them."""
    world.put(a_txt="one", b_txt="b", c_txt="c")
    world.create()
    return world


def reconcile(world: World) -> Job:
    job = world.work(world.run(reconcile_files, ReconcileFiles(REF)))
    assert (job.state, job.error, job.done) == (JobState.SUCCEEDED, None, job.report["compared"])
    return job


def report(compared: int, *missed: str) -> dict[str, Any]:
    return {"compared": compared, "missed": list(missed), "missed_count": len(missed)}


def stands(world: World) -> dict[str, str]:
    return {path: world.files.history(REF, path)[-1].version_id for path in world.files.contents(REF)}


def by_journal(world: World) -> dict[str, str]:
    version = world.create(by_journal=True).version
    return {entry.path: entry.version_id for entry in world.manifest(version)}


def test_there_is_nothing_to_find_where_all_was_told(world: World):
    world.put(a_txt="two")
    now = world.clock.now()
    change = ChangeSet("events", ChangeKind.PUT, BUCKET, now, now, now, attempt="events")
    world.journal.record(REF, change, [PathState("a.txt", None, "a version", at=0)])
    world.clock.moment += LONG_AGO
    before = world.files.contents(REF), world.head()
    assert reconcile(world).report == report(3)
    assert (world.files.contents(REF), world.head()) == before
    assert world.journal.sets(REF) == [change]


def test_what_was_never_told_is_reported_and_is_in_the_next_version(world: World):
    world.put(a_txt="two", b_txt=None, new_txt="new")
    for row in list(world.files.history(REF, "c.txt")):
        world.files.purge(REF, "c.txt", row.version_id)
    world.clock.moment += LONG_AGO
    assert reconcile(world).report == report(4, "a.txt", "b.txt", "c.txt", "new.txt")
    assert by_journal(world) == stands(world)
    assert reconcile(world).report == report(3)


def test_what_comes_into_no_version_for_its_type_is_no_drift_whenever_it_is_looked_at(world: World):
    world.run(update_database, UpdateDatabase("db1", extensions=(".txt",)))
    world.files.put(REF, "old.exe", b"x")
    world.clock.moment += LONG_AGO
    for _ in range(2):
        assert reconcile(world).report == report(4)
        assert set(by_journal(world)) == {"a.txt", "b.txt", "c.txt"}
    world.run(update_database, UpdateDatabase("db1", extensions=()))
    assert reconcile(world).report == report(4, "old.exe")
    assert set(by_journal(world)) == {"a.txt", "b.txt", "c.txt", "old.exe"}


def test_what_is_young_is_noted_and_not_called_drift(world: World):
    world.put(a_txt="two")
    assert reconcile(world).report == report(3)
    assert by_journal(world) == stands(world)


def test_an_asset_without_a_version_is_compared_with_nothing():
    world = World()
    world.put(a_txt="one")
    world.clock.moment += LONG_AGO
    assert reconcile(world).report == report(1, "a.txt")


def test_what_a_version_takes_in_meanwhile_is_no_drift(world: World, monkeypatch: pytest.MonkeyPatch):
    world.put(a_txt="two")
    world.clock.moment += LONG_AGO
    newest = world.files.newest

    def slow(*asked: Any) -> Any:
        monkeypatch.setattr(world.files, "newest", newest)
        found = list(newest(*asked))
        world.create()
        return iter(found)

    monkeypatch.setattr(world.files, "newest", slow)
    assert reconcile(world).report == report(3)
    assert world.journal.sets(REF) == []


@pytest.mark.parametrize("step", range(1, 20))
def test_one_that_crashed_is_repeated_and_finds_the_same(world: World, step: int):
    world.put(a_txt="two", b_txt=None)
    world.clock.moment += LONG_AGO
    deferred = world.run(reconcile_files, ReconcileFiles(REF))
    world.faults.arm(step, Crash())
    job = world.work(deferred)
    world.faults.disarm()
    assert (job.state, job.error, job.report) == (JobState.SUCCEEDED, None, report(3, "a.txt", "b.txt"))
    assert by_journal(world) == stands(world)
