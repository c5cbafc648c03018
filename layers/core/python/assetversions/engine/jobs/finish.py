"""The last step of a job: commit what it made."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.commands.files import ArchiveFiles, ReconcileFiles, UnarchiveFile
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.versions import (
    ActivateVersion,
    CloneVersion,
    CreateVersion,
    PublishVersion,
    Restoring,
    RevertVersion,
    UnarchiveVersion,
)
from assetversions.domain.errors import Conflict
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import OPEN, Job, JobState
from assetversions.domain.journal import ChangeSet
from assetversions.domain.manifests.manifest import Damaged, Entry, PathChange, Root
from assetversions.domain.manifests.merge import Changed
from assetversions.domain.model import Asset
from assetversions.domain.portable import NameWarnings
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Uncertain
from assetversions.engine import lease, snapshot, verify
from assetversions.engine.jobs import adopting, zipping
from assetversions.engine.jobs.common import read_asset, take_lease
from assetversions.engine.jobs.folders import Folder
from assetversions.engine.jobs.prepare import SEEN
from assetversions.engine.keeping import Keeper
from assetversions.engine.lookup import find_target, find_version
from assetversions.engine.presence import Presence
from assetversions.engine.publishing import clone, publish, unarchive
from assetversions.engine.reconcile import reconcile
from assetversions.engine.restore.noted import job_prefix
from assetversions.engine.restore.outcome import OUTCOMES
from assetversions.engine.restore.plan import Restore
from assetversions.engine.restore.run import task_of
from assetversions.engine.stint import Again, Stint

TELL_EVERY = 10_000


def finish(services: Services, work: JobWork, job: Job, batches: int) -> bool:
    """Commit the version, or note what a verify found; both end the job in the same step.

    Whether that takes another call, which goes on where this one has rested.
    """
    if job.state not in OPEN:
        return False
    try:
        _finish(services, work, job, batches)
    except Again:
        return True
    return False


def _finish(services: Services, work: JobWork, job: Job, batches: int) -> None:
    command = work.command(job)
    if isinstance(command, AdoptAssets):
        adopting.finish(services, work, job)
        return
    asset = read_asset(services, job)
    match command:
        case CreateVersion():
            _finish_create(services, work, job, command, asset)
        case VerifyVersion() | ReconcileFiles():
            _finish_looking(services, work, job, command, asset)
        case PublishVersion() | UnarchiveVersion() | CloneVersion():
            _finish_checked(services, work, job, command, asset)
        case RevertVersion() | ActivateVersion():
            _finish_restore(services, work, job, command, asset, batches)
        case ArchiveFiles() | UnarchiveFile():
            Folder(services, job, command).finish(work, asset, batches)
        case ZipVersion():
            zipping.finish(services, work, job, command, asset)


def _finish_checked(
    services: Services,
    work: JobWork,
    job: Job,
    command: PublishVersion | UnarchiveVersion | CloneVersion,
    asset: Asset,
) -> None:
    """What needs all bytes of a version to be there; they are counted where the caller can see it."""
    tell = partial(_tell, services, work, job)
    check = Presence(services, asset, tell, Stint(services, work, job)).check
    match command:
        case PublishVersion():
            publish(command, asset, services, check, job.job_id)
        case UnarchiveVersion():
            # Whether its caller may publish was asked before the job began.
            unarchive(command, asset, services, check, lambda: None, job.job_id)
        case CloneVersion():
            clone(command, asset, services, check, job.job_id)


def _finish_looking(
    services: Services, work: JobWork, job: Job, command: VerifyVersion | ReconcileFiles, asset: Asset
) -> None:
    """What comes of it is a report."""
    tell = partial(_tell, services, work, job)
    if isinstance(command, VerifyVersion):
        version = find_version(services, asset, command.version)
        work.update(job, services.now(), total=version.files)
        found = verify.verify(version, asset, services, tell, Stint(services, work, job))
        facts = JobFields(version=version.number, done=found.checked, report=found.findings)
    else:
        report = reconcile(services, asset, job.job_id, tell)
        facts = JobFields(done=report["compared"], total=report["compared"], report=report)
    facts |= JobFields(state=JobState.SUCCEEDED, error=None)
    work.update(job, services.now(), **facts)


def _finish_create(services: Services, work: JobWork, job: Job, command: CreateVersion, asset: Asset) -> None:
    def tell(uncertain: Uncertain, odd: NameWarnings, left_out: Mapping[str, str]) -> None:
        report: dict[str, Any] = {}
        if uncertain.count:
            report |= {"uncertain": list(uncertain.paths), "uncertain_count": uncertain.count}
        if odd:
            report |= {"names": list(map(list, odd.named)), "names_count": odd.count}
        if left_out:
            report |= {"skipped": list(left_out), "skipped_count": len(left_out), "reasons": dict(left_out)}
        if report:
            work.update(job, services.now(), report=report)

    counted = partial(_counted, services, work, job)
    stint = Stint(services, work, job)
    snapshot.make_version(command, asset, services, counted, job.job_id, tell, stint=stint)


def _tell(services: Services, work: JobWork, job: Job, files: int) -> None:
    """How far it is, where the caller can see it; not after each file."""
    if files % TELL_EVERY == 0:
        work.update(job, services.now(), done=files)


def _counted(services: Services, work: JobWork, job: Job, reading: Reading) -> Iterator[PathChange]:
    """The same rows, counted where the caller can see it."""
    files = 0
    for files, row in enumerate(reading.rows, start=1):
        _tell(services, work, job, files)
        yield row
    work.update(job, services.now(), done=files, total=files)


def _finish_restore(
    services: Services, work: JobWork, job: Job, command: Restoring, asset: Asset, batches: int
) -> None:
    ((digest, *damaged),) = work.rows(job, "base")
    target = find_target(services, asset, command.version)
    held = lease.of_job(asset, job.job_id)
    if held is None or asset.base != digest:
        raise Conflict(
            "The lease of this restore has passed to another one, or a version came between; repeat it."
        )
    if held.until <= services.now():
        # All files are written: what nobody took meanwhile may be taken again.
        task = task_of(job.kind, command, job.requested_by, target, job.job_id)
        asset = take_lease(services, work, job, asset, task)

    def conclude(left: Reading, base: Root | None) -> None:
        left.rows = _kept(left.rows, Keeper(services, asset))
        OUTCOMES[job.kind](
            services=services,
            head=asset,
            command=command,
            target=target,
            left=left,
            base=base,
            expected_rev=None,
            job=job.job_id,
        )

    taken_in = _taken_in(services, work, job)
    try:
        base = None if digest is None or damaged else services.manifests.root(asset.uid, digest)
        restore = Restore(services, asset, target, command.paths, base)
        conclude(restore.left(_changed(work, job, batches)), base)
    except Damaged:
        # The base was lost meanwhile; the lease keeps the files as the batches left them.
        conclude(services.files.working(asset.ref, None), None)
    services.journal.consume(asset.ref, taken_in)


def _taken_in(services: Services, work: JobWork, job: Job) -> list[ChangeSet]:
    """The change sets that the restore has seen, and its own."""
    seen, mine = {(set_id, attempt) for set_id, attempt in work.rows(job, SEEN)}, job_prefix(job.job_id)
    sets = (change for change in services.journal.sets(job.ref) if change.standing)
    return [one for one in sets if (one.set_id, one.attempt) in seen or one.set_id.startswith(mine)]


def _kept(rows: Iterable[PathChange], keep: Keeper) -> Iterator[PathChange]:
    for row in rows:
        keep()
        yield row


def _changed(work: JobWork, job: Job, batches: int) -> Iterator[Changed]:
    """What the batches have left at each path, in order; LostWork where one has left no word of it."""
    for batch in range(batches):
        for path, entry in work.rows(job, f"changed-{batch}"):
            yield Changed(path, entry and Entry(*entry))
