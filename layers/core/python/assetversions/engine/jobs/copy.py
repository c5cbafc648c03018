"""The middle step of a job: carry out one batch of a restore; it may be repeated after a crash."""

from collections.abc import Sequence
from typing import Any

from assetversions.domain.errors import Conflict
from assetversions.domain.jobs import Job, JobKind
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.jobs import adopting
from assetversions.engine.jobs.common import check_open, read_asset
from assetversions.engine.keeping import kept
from assetversions.engine.restore.noted import carry_out_noted, job_prefix
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.plan import Step
from assetversions.engine.telling import tell


def copy(services: Services, work: JobWork, job: Job, batch: int) -> None:
    """Carry out one batch; files that a crashed attempt restored already are left alone.

    Conflict once the job has ended or its lease has passed on: then others may write these files.
    """
    if job.kind is JobKind.ADOPT:
        adopting.copy(services, work, job, batch)
        return
    steps = [_to_step(row) for row in work.rows(job, f"steps-{batch}")]
    if not work.has_rows(job, f"changed-{batch}"):
        check_open(job)
        asset = read_asset(services, job)
        if lease.of_job(asset, job.job_id) is None:
            raise Conflict("The lease of this operation has passed to another one; send the request anew.")
        with kept(services, asset) as keep:
            left = _still_to_do(services, asset, steps, job.kind is JobKind.UNARCHIVE_FILES)
            # A folder has a change set of its own.
            noted = steps if job.kind in OUTCOMES else []
            set_id, files = f"{job_prefix(job.job_id)}{batch}", services.files.kept(keep)
            changed, _ = carry_out_noted(services, files, asset, set_id, left, noted)
            work.put_rows(job, f"changed-{batch}", ([row.path, row.entry] for row in changed))
    work.count(job, batch, len(steps))


def _still_to_do(services: Services, asset: Asset, steps: Sequence[Step], fills: bool) -> list[Step]:
    """The steps as they stand now: what is as wanted already needs nothing.

    One that `fills` what is hidden leaves what others have put there meanwhile.
    """
    active = [step for step in steps if not step.idle]
    current = services.files.current(asset.ref, [step.path for step in active])
    rows = zip(active, current, strict=True)
    told = list(tell(services.files, asset.ref, rows, lambda row: (row[1], row[0].copy)))
    copied = _copied(services, asset, [row for row, done in told if not done])
    resumed = {
        step.path: _resumed(step, now, done or fills or step.path in copied) for (step, now), done in told
    }
    return [resumed.get(step.path, step) for step in steps]


def _copied(services: Services, asset: Asset, rows: Sequence[tuple[Step, Entry | None]]) -> set[str]:
    """The paths where a copy stands by now that only its mark tells."""
    newer = [
        (step.copy, now)
        for step, now in rows
        if step.copy and now and now.size == step.copy.size and _pin(now) != _pin(step.current)
    ]
    marks = services.files.copies_of(asset.ref, [now for _, now in newer])
    pairs = zip(newer, marks, strict=True)
    return {wanted.path for (wanted, _), source in pairs if source == wanted.version_id}


def _pin(entry: Entry | None) -> str | None:
    return entry and entry.version_id


def _resumed(step: Step, current: Entry | None, done: bool | None) -> Step:
    if step.copy is None:
        return Step(step.path, None, delete=current is not None)
    return step._replace(current=current, copy=None if done and current is not None else step.copy)


def _to_step(row: Sequence[Any]) -> Step:
    path, current, wanted, *rest = row
    return Step(path, current and Entry(*current), wanted and Entry(*wanted), *rest)
