"""A long operation is never told to go on once its execution is over, though nobody heard of its end."""

from datetime import timedelta

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.jobs import GetJob, ListJobs
from assetversions.domain.errors import Invalid
from assetversions.domain.jobs import NEVER_BEGAN, REASONS, UNEXPECTED, Execution, Job, JobState
from assetversions.engine import lease
from assetversions.engine.jobs import steps
from assetversions.engine.jobs.ending import QUIET
from assetversions.operations.versions.get_job import get_job
from assetversions.operations.versions.list_jobs import list_jobs

from tests.support import REF, Crash, World
from tests.support.jobs_world import REVERT, VERIFY, changed_world, in_background

MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def world() -> World:
    return changed_world()


def asked(world: World, job: Job) -> Job:
    _, found = world.run(get_job, GetJob(REF, job.job_id))
    assert isinstance(found, Job)
    return found


ENDS = [
    (None, NEVER_BEGAN),
    (Execution.TIMED_OUT, REASONS[Execution.TIMED_OUT]),
    (Execution.ABORTED, REASONS[Execution.ABORTED]),
    (Execution.FAILED, UNEXPECTED),
    (Execution.SUCCEEDED, UNEXPECTED),
]


@pytest.mark.parametrize(("execution", "reason"), ENDS)
@pytest.mark.parametrize("begun", [False, True])
def test_one_whose_end_nobody_heard_of_has_failed(
    world: World, execution: Execution | None, reason: str, begun: bool
):
    job = in_background(world, REVERT).job
    if begun:
        steps.prepare(world.services(), world.jobs, job)
    if execution is not None:
        world.jobs.executions[job.job_id] = execution
    world.clock.moment += QUIET + MOMENT
    found = asked(world, job)
    assert (found.state, found.error) == (JobState.FAILED, reason)
    assert asked(world, job) == found
    world.clock.moment += lease.LENGTH
    lease.check_free(world.services(), world.head())
    assert world.jobs.run(world.services(), found, Crash) == found


def test_the_reason_that_a_step_has_left_is_the_one_to_tell(world: World):
    job = in_background(world, REVERT).job
    world.jobs.update(job, world.clock.now(), error="These are gone.")
    world.clock.moment += QUIET + MOMENT
    assert asked(world, job).error == "These are gone."


def test_one_at_work_goes_on_however_long_it_takes(world: World):
    job = in_background(world, REVERT).job
    world.jobs.executions[job.job_id] = Execution.RUNNING
    world.clock.moment += timedelta(hours=23)
    assert asked(world, job).state is JobState.PENDING


def test_one_that_has_said_something_lately_is_not_asked_about(world: World):
    """DescribeExecution is eventually consistent: an execution may not be there yet."""
    job = in_background(world, REVERT).job
    world.clock.moment += QUIET
    assert asked(world, job).state is JobState.PENDING


def test_a_list_has_all_of_an_asset_newest_first_and_tells_no_ended_one_to_go_on(world: World):
    lost, done = in_background(world, REVERT), in_background(world, VERIFY)
    world.work(done)
    world.clock.moment += QUIET + MOMENT
    fresh = in_background(world, VERIFY)
    first = world.run(list_jobs, ListJobs(REF, Page(2)))
    rest = world.run(list_jobs, ListJobs(REF, Page(2, first.cursor)))
    assert [(job.job_id, job.state) for job in (*first.jobs, *rest.jobs)] == [
        (fresh.job.job_id, JobState.PENDING),
        (done.job.job_id, JobState.SUCCEEDED),
        (lost.job.job_id, JobState.FAILED),
    ]
    assert rest.cursor is None
    with pytest.raises(Invalid):
        world.run(list_jobs, ListJobs(REF, Page(2, "of something else")))


def test_one_that_commits_meanwhile_has_succeeded(world: World):
    deferred = in_background(world, REVERT)
    world.clock.moment += QUIET + MOMENT
    end = world.jobs.end

    def late(*given: object) -> None:
        world.work(deferred)
        end(*given)  # type: ignore[arg-type]

    world.jobs.end = late  # type: ignore[method-assign, assignment]
    assert asked(world, deferred.job).state is JobState.SUCCEEDED
