"""What the steps of a job have in common: its asset, its command, whether it goes on."""

from typing import cast

from assetversions.domain.commands.versions import Restoring
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.jobs import OPEN, Job
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.run import task_of


def read_asset(services: Services, job: Job) -> Asset:
    asset = services.records.asset(job.ref)
    if asset is None:
        raise NotFound("asset", job.ref.asset_id)
    return asset


def restoring(work: JobWork, job: Job) -> Restoring | None:
    """What a job that restores files was asked for; None for any other job."""
    return cast(Restoring, work.command(job)) if job.kind in OUTCOMES else None


def check_open(job: Job | None) -> None:
    """Conflict once the job has ended."""
    if job is None or job.state not in OPEN:
        raise Conflict("This operation has ended already.")


def take_lease(
    services: Services, work: JobWork, job: Job, asset: Asset, command: Restoring, target: Version
) -> Asset:
    """The head with the lease of this job, be it its own still or free.

    Who ends a job looks at the lease then, who takes the lease looks at the job then: so one of them lets go.
    """
    task = task_of(job.kind, command, job.requested_by, target, job.job_id)
    held = lease.of_job(asset, job.job_id)
    mine = held is not None and held.until > services.now()
    expected_rev = None if mine else lease.expected(asset, task, command.expected_rev)
    head = lease.take(services, asset, task, expected_rev)
    try:
        check_open(work.get(job.ref, job.job_id))
    except Conflict:
        lease.release(services, head)
        raise
    return head
