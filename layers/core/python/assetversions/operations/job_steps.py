"""The steps of a job; each may be repeated after a crash, and nothing is copied twice.

prepare → copy (side by side, a batch of files each) → finish          fail, where a step gives up
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from assetversions.domain.commands import Restoring
from assetversions.domain.diff import Changed, same_bytes
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.jobs import OPEN, Job, JobState
from assetversions.domain.manifest import Entry, Row
from assetversions.domain.model import Asset
from assetversions.domain.ports import JobWork, Services
from assetversions.domain.review_commands import VerifyVersion
from assetversions.operations import lease, make_version, verification
from assetversions.operations.commit import check_expected
from assetversions.operations.conclusions import CONCLUDE
from assetversions.operations.lookup import find_version
from assetversions.operations.next_version import base_root
from assetversions.operations.restore import Restore, Step, carry_out, refuse_missing, without
from assetversions.operations.restore_files import becomes, check_selected, job_task

# One batch that failed ends the job; the others may run on for as long as a function may.
STILL_COPYING = timedelta(minutes=16)
BATCH_FILES = 500
BATCH_BYTES = 50 * 1024**3
# A job's record has to hold them.
NAMED = 100
TELL_EVERY = 10_000
# A listing shows a thousand object versions in the time of as many requests for single ones.
LISTED_AT_ONCE = 1_000
SIDE_BY_SIDE = 32


def prepare(services: Services, work: JobWork, job: Job) -> list[int]:
    """Say that the job runs; for a restore, take the lease and write the steps. The batches' numbers."""
    work.update(job, services.now(), state=str(JobState.RUNNING))
    if job.kind not in CONCLUDE:
        return []
    command, asset = work.command(job), read_asset(services, job)
    task = _task(job, command)
    held = lease.of(asset, task)
    mine = held is not None and held.until > services.now()
    expected_rev = None if mine else command.expected_rev
    check_expected(asset, expected_rev)
    target = find_version(services, asset, command.version)
    head = lease.take(services, asset, task, lease.IN_JOB, expected_rev, becomes(job.kind, target))
    restore = Restore(services, head, target, command.paths, base_root(services, head))
    work.put_rows(job, "base", [[head.base]])
    batches = _write_steps(services, work, job, head, restore, command.skip_missing)
    check_selected(services, head, command, restore)
    work.put_rows(job, "begun", [])
    return batches


def copy(services: Services, work: JobWork, job: Job, batch: int) -> None:
    """Carry out one batch; files that a crashed attempt restored already are left alone.

    Conflict once the job has ended or its lease has passed on: then others may write these files.
    """
    steps = [_to_step(row) for row in work.rows(job, f"steps-{batch}") or []]
    if work.rows(job, f"changed-{batch}") is None:
        asset = read_asset(services, job)
        held = lease.of(asset, _task(job, work.command(job)))
        if job.state not in OPEN or held is None or held.until <= services.now():
            raise Conflict("This restore has ended, or its lease has passed to another one.")
        changed = carry_out(services, asset, _still_to_do(services, asset, steps))
        work.put_rows(job, f"changed-{batch}", ([row.path, row.entry] for row in changed))
    work.count(job, batch, len(steps))


def finish(services: Services, work: JobWork, job: Job, batches: int) -> None:
    """Commit the version, or note what a verify found; both end the job in the same step."""
    if job.state not in OPEN:
        return
    command, asset = work.command(job), read_asset(services, job)
    if job.kind == make_version.KIND:
        counted = partial(_counted, services, work, job)
        make_version.make_version(command, asset, services, counted, job.job_id)
    elif job.kind == verification.KIND:
        _finish_verify(services, work, job, command, asset)
    else:
        _finish_restore(services, work, job, command, asset, batches)


def fail(services: Services, work: JobWork, job: Job, error: str) -> None:
    """Say why, and let go of the working files."""
    work.update(job, services.now(), state=str(JobState.FAILED), error=job.error or error)
    asset = read_asset(services, job)
    if job.kind in CONCLUDE and lease.of(asset, _task(job, work.command(job))) is not None:
        copying = work.rows(job, "begun") is not None and job.done != job.total
        lease.release(services, asset, STILL_COPYING if copying else timedelta())


def read_asset(services: Services, job: Job) -> Asset:
    asset = services.records.asset(job.ref)
    if asset is None:
        raise NotFound("asset", job.ref.asset_id)
    return asset


def _task(job: Job, command: Restoring) -> str:
    return job_task(job.kind, command, job.requested_by, job.job_id)


def _finish_verify(services: Services, work: JobWork, job: Job, command: VerifyVersion, asset: Asset) -> None:
    version = find_version(services, asset, command.version)
    work.update(job, services.now(), total=version.files)

    def tell(checked: int) -> None:
        if checked % TELL_EVERY == 0:
            work.update(job, services.now(), done=checked)

    found = verification.verify(version, asset, services, tell)
    outcome = {"state": str(JobState.SUCCEEDED), "version": version.number, "error": None}
    work.update(job, services.now(), **outcome, done=found.checked, report=found.findings)


def _counted(services: Services, work: JobWork, job: Job, rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, counted where the caller can see it."""
    files = 0
    for files, row in enumerate(rows, start=1):
        if files % TELL_EVERY == 0:
            work.update(job, services.now(), done=files)
        yield row
    work.update(job, services.now(), done=files, total=files)


def _finish_restore(
    services: Services, work: JobWork, job: Job, command: Restoring, asset: Asset, batches: int
) -> None:
    if lease.of(asset, _task(job, command)) is None:
        raise Conflict("The lease of this restore has passed to another one.")
    target = find_version(services, asset, command.version)
    ((digest,),) = work.rows(job, "base") or [[None]]
    base = None if digest is None else services.manifests.root(asset.uid, digest)
    restore = Restore(services, asset, target, command.paths, base)
    rows = restore.rows(_changed(work, job, batches))
    CONCLUDE[job.kind](services, asset, command, target, rows, restore.base, None, job.job_id)


def _write_steps(
    services: Services, work: JobWork, job: Job, asset: Asset, restore: Restore, skip_missing: bool
) -> list[int]:
    """Write the batches, and note what is skipped.

    Conflict, with nothing changed, for files that are gone and must not be skipped.
    """
    gone: list[str] = []
    files = lost = batches = 0
    seen = Seen()
    for batch in _batches(restore.steps(seen.pace)):
        missing = seen.missing(services, asset, batch)
        gone += [entry.path for entry in missing[: NAMED - len(gone)]]
        work.put_rows(job, f"steps-{batches}", without(batch, missing))
        files, lost, batches = files + len(batch), lost + len(missing), batches + 1
    if not skip_missing:
        refuse_missing(gone, lost)
    report = {"skipped": gone, "skipped_count": lost} if lost else {}
    work.update(job, services.now(), total=files, report=report)
    return list(range(batches))


class Seen:
    """Checks the sources of a batch the cheaper way: one by one where they are sparse, else by a listing."""

    def __init__(self) -> None:
        self._rows = self._checked = 0
        self._after: str | None = None

    def pace(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._rows += 1
            yield row

    def missing(self, services: Services, asset: Asset, batch: Sequence[Step]) -> list[Entry]:
        """The sources of the batch that can no longer be read."""
        copies = [step.copy for step in batch if step.copy is not None]
        pages = (self._rows - self._checked) / LISTED_AT_ONCE
        after, self._after, self._checked = self._after, batch[-1].path, self._rows
        if len(copies) < pages * SIDE_BY_SIDE:
            return services.files.missing(asset.ref, copies)
        status = services.files.status(asset.ref, copies, after)
        return [entry for entry in copies if status[entry.path].gone]


def _batches(steps: Iterable[Step]) -> Iterator[list[Step]]:
    batch: list[Step] = []
    weight = 0
    for step in steps:
        batch.append(step)
        weight += step.copy.size if step.copy is not None else 0
        if len(batch) == BATCH_FILES or weight >= BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _still_to_do(services: Services, asset: Asset, steps: Sequence[Step]) -> list[Step]:
    """The steps as they stand now: what is as wanted already needs nothing."""
    active = [step.path for step in steps if not step.idle]
    now = dict(zip(active, services.files.now(asset.ref, active), strict=True))
    return [_resumed(step, now[step.path]) if step.path in now else step for step in steps]


def _resumed(step: Step, now: Entry | None) -> Step:
    if step.copy is None:
        return Step(step.path, None, delete=now is not None)
    done = now is not None and same_bytes(now, step.copy)
    return Step(step.path, now, copy=None if done else step.copy)


def _to_step(row: Sequence[Any]) -> Step:
    path, now, wanted, delete = row
    return Step(path, now and Entry(*now), wanted and Entry(*wanted), delete)


def _changed(work: JobWork, job: Job, batches: int) -> Iterator[Changed]:
    """What the batches have left at each path, in order."""
    for batch in range(batches):
        for path, entry in work.rows(job, f"changed-{batch}") or []:
            yield Changed(path, entry and Entry(*entry))
