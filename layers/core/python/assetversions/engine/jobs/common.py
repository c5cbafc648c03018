"""What the steps of a job have in common: its asset, and the name of its lease."""

from typing import cast

from assetversions.domain.commands.versions import Restoring
from assetversions.domain.errors import NotFound
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.run import job_task


def read_asset(services: Services, job: Job) -> Asset:
    asset = services.records.asset(job.ref)
    if asset is None:
        raise NotFound("asset", job.ref.asset_id)
    return asset


def restoring(work: JobWork, job: Job) -> Restoring | None:
    """What a job that restores files was asked for; None for any other job."""
    return cast(Restoring, work.command(job)) if job.kind in OUTCOMES else None


def lease_task(job: Job, command: Restoring) -> str:
    return job_task(job.kind, command, job.requested_by, job.job_id)
