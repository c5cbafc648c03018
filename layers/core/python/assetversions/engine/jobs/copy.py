"""The middle step of a job: carry out one batch of a restore; it may be repeated after a crash."""

from collections.abc import Sequence
from typing import Any

from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import Job
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import Asset
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.jobs.common import check_open, read_asset
from assetversions.engine.keeping import kept
from assetversions.engine.restore.plan import Step, carry_out


def copy(services: Services, work: JobWork, job: Job, batch: int) -> None:
    """Carry out one batch; files that a crashed attempt restored already are left alone.

    Conflict once the job has ended or its lease has passed on: then others may write these files.
    """
    steps = [_to_step(row) for row in work.rows(job, f"steps-{batch}")]
    if not work.has_rows(job, f"changed-{batch}"):
        check_open(job)
        asset = read_asset(services, job)
        if lease.of_job(asset, job.job_id) is None:
            raise Conflict("The lease of this restore has passed to another one.")
        with kept(services, asset) as keep:
            left = _still_to_do(services, asset, steps)
            changed = carry_out(services.files.kept(keep), asset.ref, left)
            work.put_rows(job, f"changed-{batch}", ([row.path, row.entry] for row in changed))
    work.count(job, batch, len(steps))


def _still_to_do(services: Services, asset: Asset, steps: Sequence[Step]) -> list[Step]:
    """The steps as they stand now: what is as wanted already needs nothing."""
    active = [step.path for step in steps if not step.idle]
    current = dict(zip(active, services.files.current(asset.ref, active), strict=True))
    return [_resumed(step, current[step.path]) if step.path in current else step for step in steps]


def _resumed(step: Step, current: Entry | None) -> Step:
    if step.copy is None:
        return Step(step.path, None, delete=current is not None)
    done = current is not None and same_bytes(current, step.copy)
    return step._replace(current=current, copy=None if done else step.copy)


def _to_step(row: Sequence[Any]) -> Step:
    path, current, wanted, *rest = row
    return Step(path, current and Entry(*current), wanted and Entry(*wanted), *rest)
