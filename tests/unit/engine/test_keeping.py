"""A job renews its lease while it works or waits; one that is dead holds nobody up, and writes no more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.commands.versions import CreateVersion, RevertVersion, UpdateVersion
from assetversions.domain.errors import Busy, Conflict
from assetversions.domain.jobs import Job
from assetversions.engine import keeping, lease
from assetversions.engine.jobs import steps
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.update_version import update_version

from tests.support import REF, Crash, Failure, World, number
from tests.support.jobs_world import FIRST, REVERT, changed_world, in_background

TO_TWO = RevertVersion(REF, number(2))


@pytest.fixture
def changed() -> World:
    return changed_world()


@pytest.fixture
def job(changed: World) -> Job:
    job = in_background(changed, REVERT).job
    assert steps.prepare(changed.services(), changed.jobs, job) == [0]
    return job


def at_each_copy(world: World, do: Callable[[int], object]) -> None:
    """What happens while the n-th file is being copied."""
    copy, done = world.files.copy, []

    def slowly(ref: Any, sources: Any) -> Any:
        copied = copy(ref, sources)
        done.append(sources)
        do(len(done))
        return copied

    world.files.copy = slowly  # type: ignore[method-assign]


def bob_has_to_wait(world: World) -> None:
    with pytest.raises(Conflict, match="under way"):
        world.run(revert_version, TO_TWO, "bob")


def test_a_batch_renews_the_lease_between_its_writes(changed: World, job: Job):
    """Each takes half a minute, all of them more than the lease was taken for."""
    before = changed.head()

    def slowly(_number: int) -> None:
        changed.clock.advance(30)
        bob_has_to_wait(changed)

    at_each_copy(changed, slowly)
    steps.copy(changed.services(), changed.jobs, job, 0)
    assert changed.clock.now() - job.created_at >= 2 * lease.LENGTH
    assert changed.head().rev == before.rev, "nobody's If-Match is broken by it"
    steps.finish(changed.services(), changed.jobs, job, 1)
    assert changed.files.contents(REF) == FIRST


def test_a_batch_that_died_holds_the_asset_for_a_minute_from_its_last_sign(changed: World, job: Job):
    def die(number_: int) -> None:
        changed.clock.advance(30)
        if number_ == 3:
            raise Crash

    at_each_copy(changed, die)
    with pytest.raises(Crash):
        steps.copy(changed.services(), changed.jobs, job, 0)
    bob_has_to_wait(changed)
    changed.clock.advance(30)
    assert changed.create().version.number == 3


@pytest.mark.parametrize("how", ["another restore", "the job was ended"])
def test_a_batch_that_lost_its_lease_stops_before_its_next_write(changed: World, job: Job, how: str):
    written: list[int] = []

    def lose(number_: int) -> None:
        written.append(number_)
        if number_ != 2:
            return
        changed.clock.advance(int(keeping.RENEW_EVERY.total_seconds()))
        if how == "another restore":
            changed.clock.advance(60)
            changed.run(create_version, CreateVersion(REF), "bob")
        else:
            known = changed.jobs.get(REF, job.job_id)
            assert known is not None
            steps.fail(changed.services(), changed.jobs, known, "ended")

    at_each_copy(changed, lose)
    with pytest.raises(Conflict, match=r"has ended|came first"):
        steps.copy(changed.services(), changed.jobs, job, 0)
    assert written == [1, 2]


def test_an_ended_job_holds_the_asset_until_its_last_write_is_over(changed: World, job: Job):
    """A batch asks every quarter of a minute; one attempt at a write has the rest of the minute."""
    known = changed.jobs.get(REF, job.job_id)
    assert known is not None
    steps.fail(changed.services(), changed.jobs, known, "ended")
    changed.clock.advance(59)
    bob_has_to_wait(changed)
    changed.clock.advance(1)
    assert changed.create().version.number == 3


@pytest.mark.parametrize("error", [Busy("SlowDown"), Failure()])
def test_a_step_that_is_tried_again_leaves_the_lease_for_as_long_as_it_may_wait(
    changed: World, job: Job, error: Exception
):
    def fail(_number: int) -> None:
        raise error

    at_each_copy(changed, fail)
    with pytest.raises(type(error)):
        steps.copy(changed.services(), changed.jobs, job, 0)
    changed.clock.moment += keeping.LONGEST_PAUSE + lease.LENGTH - timedelta(seconds=1)
    bob_has_to_wait(changed)
    changed.clock.advance(1)
    assert changed.create().version.number == 3


def test_a_step_that_begins_late_has_a_minute_until_its_first_write(changed: World, job: Job):
    almost = int(lease.LENGTH.total_seconds()) - 1
    changed.clock.advance(almost)
    with keeping.kept(changed.services(), changed.head()) as keep:
        changed.clock.advance(almost)
        keep()


def test_a_step_that_works_takes_nothing_from_one_that_waits(changed: World, job: Job):
    lease.renew(changed.services(), changed.head(), keeping.LONGEST_PAUSE)
    until = changed.head().lease
    steps.copy(changed.services(), changed.jobs, job, 0)
    assert changed.head().lease == until


def test_a_step_that_is_refused_leaves_nothing_to_wait_for(changed: World, job: Job):
    def fail(_number: int) -> None:
        raise Conflict("no")

    at_each_copy(changed, fail)
    with pytest.raises(Conflict, match="no"):
        steps.copy(changed.services(), changed.jobs, job, 0)
    changed.clock.advance(60)
    assert changed.create().version.number == 3


def test_preparing_renews_it_file_by_file(changed: World):
    job = in_background(changed, REVERT).job
    head = changed.files._head

    def slow(path: str, newest: Any) -> Any:
        changed.clock.advance(45)
        bob_has_to_wait(changed)
        return head(path, newest)

    changed.files._head = slow  # type: ignore[method-assign]
    steps.prepare(changed.services(), changed.jobs, job)
    assert changed.clock.now() - job.created_at > lease.LENGTH


def test_finishing_renews_it_file_by_file(changed: World, job: Job):
    steps.copy(changed.services(), changed.jobs, job, 0)
    write = changed.manifests.write

    def slow(uid: Any, rows: Any, base: Any, *_excerpt: Any) -> Any:
        def slowly() -> Any:
            for row in rows:
                changed.clock.advance(30)
                with pytest.raises(Conflict, match="under way"):
                    lease.check_free(changed.services("bob"), changed.head())
                yield row

        return write(uid, slowly(), base)

    changed.manifests.write = slow  # type: ignore[method-assign, assignment]
    steps.finish(changed.services(), changed.jobs, job, 1)
    assert changed.head().current == 3


def test_a_commit_beside_a_renewal_loses_neither(changed: World, job: Job):
    changed.clock.advance(30)
    changed.records.rivals = [lambda: lease.renew(changed.services(), changed.head())]
    changed.run(update_version, UpdateVersion(REF, number(1), alias="gold"), "bob")
    held = changed.head().lease
    assert held is not None
    assert held.until == changed.clock.now() + lease.LENGTH
    assert changed.records.alias(REF, "gold") == 1


def test_a_renewal_beside_a_commit_loses_neither(changed: World, job: Job):
    changed.clock.advance(30)
    renew, rivals = changed.records.renew, [lambda: lease.renew(changed.services(), changed.head())]

    def late(asset: Any, until: Any) -> None:
        if rivals:
            rivals.pop()()
            changed.run(update_version, UpdateVersion(REF, number(1), alias="gold"), "bob")
            changed.clock.advance()
        renew(asset, until)

    changed.records.renew = late  # type: ignore[method-assign]
    lease.renew(changed.services(), changed.head())
    assert changed.records.alias(REF, "gold") == 1


def test_files_that_are_all_written_need_no_second_attempt_where_the_lease_has_lapsed(
    changed: World, job: Job
):
    steps.copy(changed.services(), changed.jobs, job, 0)
    changed.clock.advance(60)
    steps.finish(changed.services(), changed.jobs, job, 1)
    assert changed.head().current == 3


def test_a_version_that_was_made_while_the_lease_had_lapsed_is_not_overtaken(changed: World, job: Job):
    steps.copy(changed.services(), changed.jobs, job, 0)
    changed.clock.advance(60)
    changed.put(new_txt="by bob")
    changed.run(create_version, CreateVersion(REF), "bob")
    with pytest.raises(Conflict, match="came between"):
        steps.finish(changed.services(), changed.jobs, job, 1)
    assert len(changed.versions()) == 3


def test_a_lapsed_lease_is_not_revived_for_more_writes(changed: World, job: Job):
    """Others may be at work on the files, and would not notice."""
    changed.clock.advance(60)
    before = changed.files.contents(REF)
    with pytest.raises(Conflict, match="has ended"):
        steps.copy(changed.services(), changed.jobs, job, 0)
    assert changed.files.contents(REF) == before


def test_a_create_that_read_while_no_lease_stood_is_refused_once_one_does(changed: World):
    def restore_begins() -> None:
        services = changed.services("bob")
        lease.take(services, changed.head(), lease.Task("bob's"), None)

    changed.records.rivals = [restore_begins]
    with pytest.raises(Conflict, match=r"under way|came first"):
        changed.create()
    assert len(changed.versions()) == 2


@pytest.mark.parametrize("late", [False, True])
def test_a_job_that_ends_while_its_first_step_begins_keeps_no_lease(changed: World, late: bool):
    """Whether the one that it got with the request stands still, or has lapsed."""
    job = in_background(changed, REVERT).job
    services, work = changed.services(), changed.jobs
    changed.clock.advance(60 * late)
    changed.records.rivals = [lambda: steps.fail(services, work, job, "ended")]
    with pytest.raises(Conflict, match="ended already" if late else "came first"):
        steps.prepare(services, work, job)
    lease.check_free(services, changed.head())
    known = work.get(REF, job.job_id)
    assert known is not None
    with pytest.raises(Conflict, match="ended already"):
        steps.prepare(services, work, known)
    lease.check_free(services, changed.head())
