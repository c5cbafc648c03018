"""The lease on a head: one restore at a time, and one that died holds nobody up for ever."""

from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import CreateVersion, RevertVersion, UpdateVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.engine import budget, lease
from assetversions.engine.jobs import prepare, steps
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, Crash, World, number

FIRST = {"a.txt": b"a", "b.txt": b"b"}
SECOND = {"a.txt": b"A", "b.txt": b"B"}


def revert(world: World, to: int = 1, user: str = "ann", **options: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(to), **options), user)


@pytest.fixture
def changed(world: World) -> World:
    """Version 1 holds FIRST, version 2 and the bucket SECOND."""
    world.put(a_txt="a", b_txt="b")
    world.create()
    world.put(a_txt="A", b_txt="B")
    world.create()
    return world


@pytest.fixture
def under_way(changed: World) -> World:
    """Ann's restore of version 1 took the lease, copied one file, and was cut off."""
    files, copy = changed.files, changed.files.copy

    def cut_off(ref: Any, sources: Any) -> Any:
        copy(ref, sources[:1])
        raise Crash

    files.copy = cut_off  # type: ignore[method-assign]
    with pytest.raises(Crash):
        revert(changed)
    files.copy = copy  # type: ignore[method-assign]
    return changed


@pytest.mark.parametrize(
    ("to", "user", "options"),
    [(2, "ann", {}), (1, "bob", {}), (1, "ann", {"paths": ("a.txt",)}), (2, "bob", {"dry_run": True})],
)
def test_another_restore_has_to_wait(under_way: World, to: int, user: str, options: dict[str, Any]):
    before = under_way.head(), under_way.files.contents(REF)
    with pytest.raises(Conflict, match="revert to 1 by ann"):
        revert(under_way, to, user, **options)
    assert (under_way.head(), under_way.files.contents(REF)) == before


@pytest.mark.parametrize("background", [False, True])
def test_the_working_files_can_not_be_frozen_in_the_middle_of_it(under_way: World, background: bool):
    """No job is begun for it either: it would fail as soon as it began."""
    with pytest.raises(Conflict, match="under way"):
        under_way.create(background=background)
    assert (len(under_way.versions()), under_way.jobs.commands) == (2, {})


def test_what_does_not_look_at_the_working_files_goes_on(under_way: World):
    [pinned, _] = under_way.manifest(under_way.versions()[-1])
    assert under_way.create(pins={"a.txt": pinned.version_id}).version.number == 3
    assert under_way.create(as_of=under_way.clock.now()).version.number == 4


def test_the_same_restore_by_the_same_user_goes_on(under_way: World):
    done = revert(under_way, comment="again")
    assert under_way.files.contents(REF) == FIRST
    assert under_way.manifest(done.version) == under_way.files.snapshot(REF)
    assert under_way.files.puts(REF, "a.txt") == 3, "what was restored is not copied again"


def test_a_restore_that_is_done_lets_go(under_way: World):
    revert(under_way)
    assert under_way.create().version.number == 4
    assert revert(under_way, 2, "bob").version.number == 5


@pytest.mark.parametrize("late", [timedelta(seconds=-1), timedelta(0)])
def test_a_lease_is_free_once_it_expires(under_way: World, late: timedelta):
    held = under_way.head().lease
    assert held is not None
    under_way.clock.moment = held.until + late
    if late:
        with pytest.raises(Conflict):
            under_way.create()
    else:
        assert under_way.create().version.number == 3


def test_a_dead_restore_holds_the_asset_for_a_minute_at_most(under_way: World):
    under_way.clock.advance(60)
    revert(under_way, 2, "bob")
    assert under_way.files.contents(REF) == SECOND


def test_a_restore_that_began_and_ended_since_the_head_was_read_is_a_conflict(changed: World):
    """What this one found in the bucket is no longer there."""
    changed.put(a_txt="new")
    changed.records.rivals = [lambda: revert(changed, 1, "bob")]
    with pytest.raises(Conflict, match="came first"):
        revert(changed, 2)
    assert changed.files.contents(REF) == FIRST
    assert [version.origin.number for version in changed.versions()] == [1, None, None]


def test_a_create_that_read_the_bucket_before_a_restore_is_a_conflict(changed: World):
    changed.records.rivals = [lambda: revert(changed, 1, "bob")]
    with pytest.raises(Conflict, match="came first"):
        changed.create(comment="torn")
    assert "torn" not in {version.comment for version in changed.versions()}


def test_a_past_state_does_not_mind_a_restore(changed: World):
    changed.records.rivals = [lambda: revert(changed, 1, "bob")]
    assert changed.create(as_of=changed.clock.now()).version.number == 4


def test_a_create_that_only_loses_a_race_to_another_create_is_none(changed: World):
    changed.records.rivals = [changed.create]
    assert changed.create().version.number == 4


def test_a_restore_that_lost_its_lease_can_not_commit(changed: World):
    """Ann's copies take so long that her lease expires, and bob restores something else meanwhile."""
    copy = changed.files.copy

    def slow(ref: Any, sources: Any) -> Any:
        copied = copy(ref, sources)
        changed.files.copy = copy  # type: ignore[method-assign]
        changed.clock.advance(61)
        revert(changed, 2, "bob")
        return copied

    changed.files.copy = slow  # type: ignore[method-assign]
    with pytest.raises(Conflict, match="came first"):
        revert(changed, 1)
    assert [version.created_by for version in changed.versions()] == ["bob", "ann", "ann"]
    assert changed.files.contents(REF) == SECOND


def test_a_job_that_lost_its_lease_can_not_commit(changed: World):
    job = revert(changed, background=True).job
    services, work = changed.services(), changed.jobs
    batches = steps.prepare(services, work, job)
    for batch in batches:
        steps.copy(services, work, job, batch)
    changed.clock.moment += lease.LENGTH
    revert(changed, 2, "bob")
    with pytest.raises(Conflict, match="passed to another"):
        steps.finish(services, work, job, len(batches))
    assert len(changed.versions()) == 3


def test_a_job_holds_the_lease_until_it_ends(changed: World, monkeypatch: pytest.MonkeyPatch):
    """However long all of its steps take: each leaves a minute to the next one."""
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    job = revert(changed, background=True).job
    services, work = changed.services(), changed.jobs

    def after_a_while() -> None:
        changed.clock.advance(59)
        with pytest.raises(Conflict, match="under way"):
            revert_version(RevertVersion(REF, number(2)), changed.head(), changed.services("bob"))

    after_a_while()
    batches = steps.prepare(services, work, job)
    for batch in batches:
        after_a_while()
        steps.copy(services, work, job, batch)
    after_a_while()
    steps.finish(services, work, job, len(batches))
    assert revert(changed, 2, "bob").version.number == 4


def test_a_job_that_is_asked_for_twice_is_two_tasks(changed: World):
    """The steps of one may be repeated while it holds the lease; those of the other are refused."""
    one = revert(changed, background=True).job
    with pytest.raises(Conflict, match="under way"):
        revert(changed, background=True)
    changed.clock.moment += lease.LENGTH
    other = revert(changed, background=True).job
    changed.clock.moment += lease.LENGTH
    services, work = changed.services(), changed.jobs
    for _ in range(2):
        batches = steps.prepare(services, work, one)
    refused = work.run(services, other, Crash)
    assert (refused.state, len(changed.versions())) == (JobState.FAILED, 2)
    assert f"under way (revert to 1 by ann, operation {one.job_id})" in (refused.error or "")
    for batch in batches:
        steps.copy(services, work, one, batch)
    steps.finish(services, work, one, len(batches))
    assert [version.origin.number for version in changed.versions()] == [1, None, None]


@pytest.mark.parametrize("background", [True, False])
def test_the_restore_that_a_job_is_at_can_not_be_asked_for_again(changed: World, background: bool):
    job = revert(changed, background=True).job
    steps.prepare(changed.services(), changed.jobs, job)
    with pytest.raises(Conflict, match=f"operation {job.job_id}"):
        revert(changed, background=background)
    assert list(changed.jobs.commands) == [job.job_id]


@pytest.mark.parametrize("large", [True, False])
def test_a_job_does_not_go_on_with_what_a_request_began(
    under_way: World, large: bool, monkeypatch: pytest.MonkeyPatch
):
    if large:
        monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
    with pytest.raises(Conflict, match=r"under way \(revert to 1 by ann\)"):
        revert(under_way, background=not large)
    assert not under_way.jobs.commands


def test_a_job_that_fails_lets_go(changed: World):
    deferred = revert(changed, background=True, paths=("a.txt",))
    wanted, _ = changed.manifest(changed.versions()[-1])
    changed.files.purge(REF, wanted.path, wanted.version_id)
    assert changed.work(deferred).state is JobState.FAILED
    assert changed.create().version.number == 3
    assert [event.kind for event in changed.records.audit(REF)][-3:-1] == [
        "restore.started",
        "restore.failed",
    ]


def test_a_failed_job_leaves_the_lease_of_another_alone(under_way: World):
    held, at = under_way.head().lease, under_way.clock.now()
    commands: dict[JobKind, Any] = {
        JobKind.CREATE: CreateVersion(REF),
        JobKind.REVERT: RevertVersion(REF, number(2)),
    }
    for kind, command in commands.items():
        other = Job(f"to {kind}", REF, kind, JobState.PENDING, "bob", at, at)
        under_way.jobs.start(other, command)
        assert under_way.jobs.run(under_way.services("bob"), other, Crash).state is JobState.FAILED
        assert under_way.head().lease == held


def test_what_is_expected_of_the_head_holds_for_a_job_when_it_is_asked_for(changed: World):
    revert(changed)
    with pytest.raises(Conflict, match="ETag"):
        revert(changed, expected_rev=changed.head().rev - 1, background=True)
    deferred = revert(changed, expected_rev=changed.head().rev, background=True)
    with pytest.raises(Conflict, match="under way"):
        changed.create()
    assert changed.work(deferred).state is JobState.SUCCEEDED


def test_a_job_that_fails_keeps_its_lease_while_batches_may_still_be_at_work(changed: World, monkeypatch):
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    deferred = revert(changed, background=True)
    services, work, job = changed.services(), changed.jobs, deferred.job

    def at_work() -> Job:
        found = work.get(REF, job.job_id)
        assert found is not None
        return found

    batches = steps.prepare(services, work, job)
    assert len(batches) > 1
    steps.copy(services, work, job, batches[0])
    steps.fail(services, work, at_work(), "one batch failed")
    with pytest.raises(Conflict, match="under way"):
        revert(changed, 2, "bob")
    with pytest.raises(Conflict, match="has ended"):
        steps.copy(services, work, at_work(), batches[1])
    changed.clock.moment += lease.LENGTH
    assert revert(changed, 2, "bob").version.origin.number == 2


def test_an_alias_that_moves_meanwhile_changes_nothing_of_what_a_job_restores(changed: World):
    changed.run(update_version, UpdateVersion(REF, number(1), alias="gold"))
    before = changed.content(changed.versions()[-1])
    command = RevertVersion(REF, VersionRef(alias="gold"), background=True)
    deferred = changed.run(revert_version, command)
    changed.run(update_version, UpdateVersion(REF, number(1), alias=""))
    changed.run(update_version, UpdateVersion(REF, number(2), alias="gold"))
    assert changed.work(deferred).state is JobState.SUCCEEDED
    made = changed.versions()[0]
    assert (made.origin.number, changed.content(made)) == (1, before)
