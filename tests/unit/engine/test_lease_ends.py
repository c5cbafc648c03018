"""How a lease ends without the success of its restore: taken up again, or let go of, and only once."""

from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import Job, JobState
from assetversions.engine import lease
from assetversions.engine.jobs import prepare, steps
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, Crash, World, number

FIRST = {"a.txt": b"a", "b.txt": b"b"}


def revert(world: World, **options: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(1), **options))


@pytest.fixture
def changed(world: World) -> World:
    """Version 1 holds FIRST; version 2 and the bucket something else."""
    world.put(a_txt="a", b_txt="b")
    world.create()
    world.put(a_txt="A", b_txt="B")
    world.create()
    return world


@pytest.fixture
def copying(changed: World, monkeypatch: pytest.MonkeyPatch) -> tuple[World, Job]:
    """One of a job's two batches is done."""
    monkeypatch.setattr(prepare, "BATCH_FILES", 1)
    job = revert(changed, background=True).job
    batches = steps.prepare(changed.services(), changed.jobs, job)
    assert len(batches) == 2
    steps.copy(changed.services(), changed.jobs, job, batches[0])
    return changed, job


def fail(world: World, job: Job) -> Job | None:
    known = world.jobs.get(REF, job.job_id)
    assert known is not None
    steps.fail(world.services(), world.jobs, known, "one batch failed")
    return world.jobs.get(REF, job.job_id)


def test_a_restore_goes_on_in_whatever_order_its_paths_are_named(changed: World):
    copy, changed.files.copy = changed.files.copy, Mock(side_effect=Crash)  # type: ignore[method-assign]
    with pytest.raises(Crash):
        revert(changed, paths=("a.txt", "b.txt"))
    changed.files.copy = copy  # type: ignore[method-assign]
    with pytest.raises(Conflict, match="under way"):
        revert(changed, paths=("a.txt", "c.txt"))
    revert(changed, paths=("b.txt", "a.txt"))
    assert changed.files.contents(REF) == FIRST


def test_a_job_that_fails_after_its_lease_holds_nobody_up(copying: tuple[World, Job]):
    world, job = copying
    world.clock.moment += lease.LENGTH
    before = world.head().lease
    failed = fail(world, job)
    assert failed is not None
    assert failed.state is JobState.FAILED
    assert world.head().lease == before, "a lease that has ended is not taken again to end it"
    assert world.create().version.number == 3


def test_a_job_fails_even_where_its_lease_moves_on_meanwhile(copying: tuple[World, Job]):
    """A step of its own that was repeated took it anew: nothing is left to let go of."""
    world, job = copying
    world.records.rivals = [lambda: steps.prepare(world.services(), world.jobs, job)]
    world.clock.advance()
    failed = fail(world, job)
    assert failed is not None
    assert (failed.state, failed.error) == (JobState.FAILED, "one batch failed")


def test_a_batch_ends_before_it_is_too_large_to_copy_in_one_step(
    changed: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prepare, "BATCH_BYTES", 2)
    for index in range(5):
        changed.files.put(REF, f"f{index}", b"x")
    changed.create()
    for index in range(5):
        changed.files.put(REF, f"f{index}", b"y")
    job = changed.run(revert_version, RevertVersion(REF, number(3), background=True)).job
    batches = steps.prepare(changed.services(), changed.jobs, job)
    sizes = [len(changed.jobs.rows(job, f"steps-{batch}")) for batch in batches]
    assert sizes == [2, 2, 1]


def test_a_step_copies_fifty_gibibytes_at_most():
    """Parts of 512 MiB, side by side, in a function's 15 minutes."""
    assert (prepare.BATCH_BYTES, prepare.BATCH_FILES) == (50 * 1024**3, 500)
