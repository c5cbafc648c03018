"""How a job ends without success: its record says why, and the working files are free for others."""

from datetime import timedelta

from assetversions.domain.jobs import Job, JobState
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease


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
