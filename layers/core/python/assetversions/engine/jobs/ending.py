"""How a job ends without success: its record says why, and the working files are free for others."""

from contextlib import suppress
from datetime import timedelta

from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import NEVER_BEGAN, OPEN, REASONS, UNEXPECTED, Execution, Job, JobState
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.keeping import LONGEST_PAUSE

# A job that has said nothing for longer may be one whose end nobody heard of.
QUIET = LONGEST_PAUSE + lease.LENGTH


def as_it_is(services: Services, job: Job) -> Job:
    """The job; one whose execution is over without a word of it ends with this.

    EventBridge delivers what it tells of executions at best effort, and a start may have been lost.
    """
    if job.state not in OPEN or services.now() - job.modified_at <= QUIET:
        return job
    execution = services.jobs.execution(job.job_id)
    if execution is Execution.RUNNING:
        return job
    reason = NEVER_BEGAN if execution is None else REASONS.get(execution, UNEXPECTED)
    let_go(services, job)
    with suppress(Conflict):
        services.jobs.end(job, JobState.FAILED, job.error or reason, services.now())
    let_go(services, job)
    return services.jobs.get(job.ref, job.job_id) or job


def fail(services: Services, work: JobWork, job: Job, error: str) -> None:
    """Let go of the working files, and say why then: who hears of the end may begin anew at once.

    It may be repeated, and come late: what has ended otherwise stays so.
    """
    let_go(services, job)
    work.update(job, services.now(), state=JobState.FAILED, error=job.error or error)
    let_go(services, job)  # a first step that began meanwhile has looked at the job by now, or not


def let_go(services: Services, job: Job) -> None:
    """Batches at work find out that the lease is no longer theirs before their next writes."""
    asset = services.records.asset(job.ref)
    if asset is not None and lease.of_job(asset, job.job_id) is not None:
        lease.release(services, asset, lease.LENGTH if job.writing else timedelta())
