"""End a long operation before it has done its work: what it has changed of the files stays as it is."""

from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import ACTIONS, OPEN, Job, JobState
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.jobs.ending import let_go
from assetversions.engine.lookup import find_job, reread
from assetversions.engine.operation import operation


@operation(action="read", writes=True)
def cancel_job(command: CancelJob, asset: Asset, services: Services) -> tuple[Asset, Job]:
    """It takes the permission that asking for the job takes. Conflict if it has ended otherwise.

    Either the job's own commit comes first, or no version is ever made; sent again, it ends what was begun.
    """
    job = find_job(services, asset.ref, command.job_id)
    require(services, ACTIONS[job.kind], asset)
    if job.state in OPEN:
        _mark(services, asset, job)
    else:
        _check_cancelled(job)
    services.jobs.stop(job.job_id)
    job = find_job(services, asset.ref, command.job_id)
    let_go(services, job)
    return reread(services, asset), job


def _mark(services: Services, asset: Asset, job: Job) -> None:
    try:
        services.jobs.end(job, JobState.CANCELLED, f"Cancelled by {services.user}.", services.now())
    except Conflict:
        _check_cancelled(find_job(services, asset.ref, job.job_id))


def _check_cancelled(job: Job) -> None:
    if job.state is not JobState.CANCELLED:
        raise Conflict(f"This operation has {job.state} already; nothing is left to cancel.")
