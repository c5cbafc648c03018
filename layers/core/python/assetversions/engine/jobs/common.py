"""What the steps of a job have in common: its asset, its lease, whether it goes on."""

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.jobs import OPEN, Job
from assetversions.domain.model import Asset
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease


def read_asset(services: Services, job: Job) -> Asset:
    asset = services.records.asset(job.ref)
    if asset is None:
        raise NotFound("asset", job.ref.public_id)
    return asset


def check_open(job: Job | None) -> None:
    """Conflict once the job has ended."""
    if job is None or job.state not in OPEN:
        raise Conflict("This operation has ended already; look at what it came to.")


def take_lease(
    services: Services,
    work: JobWork,
    job: Job,
    asset: Asset,
    task: lease.Task,
    expected_rev: int | None = None,
) -> Asset:
    """The head with the lease of this job, be it its own still or free.

    Who ends a job looks at the lease then, who takes the lease looks at the job then: so one of them lets go.
    """
    held = lease.of_job(asset, job.job_id)
    mine = held is not None and held.until > services.now()
    head = lease.take(services, asset, task, None if mine else lease.expected(asset, task, expected_rev))
    try:
        check_open(work.get(job.ref, job.job_id))
    except Conflict:
        lease.release(services, head)
        raise
    return head
