"""The first step of a job: say that it runs; for a restore, take the lease and write the batches."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assetversions.domain import portable
from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.commands.files import ArchiveFiles, ChangeFolder, UnarchiveFile
from assetversions.domain.commands.versions import ActivateVersion, Restoring, RevertVersion
from assetversions.domain.errors import TooLarge
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import MAX_LISTED_PATHS, Job, JobState
from assetversions.domain.manifests.manifest import PathChange, Root
from assetversions.domain.manifests.merge import Changed
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Reading, Source
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine import archiving, journal
from assetversions.engine.file_names import refuse
from assetversions.engine.file_types import check_types
from assetversions.engine.jobs import adopting
from assetversions.engine.jobs.common import check_open, read_asset, take_lease
from assetversions.engine.jobs.folders import Folder
from assetversions.engine.keeping import Keeper, kept
from assetversions.engine.lookup import find_state
from assetversions.engine.restore.naming import renames
from assetversions.engine.restore.plan import (
    Restore,
    Step,
    from_sources,
    new_names,
    reasons,
    refuse_missing,
    sources_of,
    unreadable,
)
from assetversions.engine.restore.run import (
    check_selected,
    check_target,
    lookout_of,
    task_of,
)
from assetversions.engine.sound import beside_base

# Beside the digest of a base that the steps had to do without.
DAMAGED = "damaged"
# The change sets that its reading takes in.
SEEN = "seen"
BATCH_FILES = 500
BATCH_BYTES = 50 * 1024**3
# Step Functions passes on 256 KiB from state to state, and the batches' numbers are among that.
MAX_BATCHES = 30_000

# A listing shows a thousand object versions in the time of as many requests for single ones.
LISTED_AT_ONCE = 1_000
SIDE_BY_SIDE = 32


def prepare(services: Services, work: JobWork, job: Job) -> list[int]:
    """Say that the job runs; where it changes files, take the lease and write the steps.

    The batches' numbers.
    """
    check_open(job)
    work.update(job, services.now(), state=JobState.RUNNING)
    command = work.command(job)
    match command:
        case RevertVersion() | ActivateVersion():
            batches = _prepare_restore(services, work, job, command)
        case ArchiveFiles() | UnarchiveFile():
            batches = _prepare_folder(services, work, job, command)
        case AdoptAssets():
            batches = adopting.prepare(services, work, job, command)
        case _:
            batches = 0
    return list(range(batches))


def _prepare_restore(services: Services, work: JobWork, job: Job, command: Restoring) -> int:
    asset = read_asset(services, job)
    target = find_state(services, asset, command.version)
    task = task_of(job.kind, command, job.requested_by, target, job.job_id)
    head = take_lease(services, work, job, asset, task, command.expected_rev)
    check_target(services, head, command, job.kind)
    journal.check_quiet(services, head)
    seen = [change for change in journal.seen(services, head) if change.standing]
    work.put_rows(job, SEEN, [[change.set_id, change.attempt] for change in seen])
    with kept(services, head) as keep:

        def plan(base: Root | None) -> tuple[int, JobFields]:
            lookout = lookout_of(job.kind, services, head)
            names = renames(command, target)
            restore = Restore(services, head, target, command.paths, base, lookout, names)
            work.put_rows(job, "base", [[head.base] if base or not head.base else [head.base, DAMAGED]])
            found = _write_steps(services, work, job, head, restore, command.skip_missing, keep)
            restore.check_own()
            check_selected(services, head, target, restore.unmet)
            return found

        batches, facts = beside_base(services, head, plan)
        work.update(job, services.now(), **facts)
    return batches


def _prepare_folder(services: Services, work: JobWork, job: Job, command: ChangeFolder) -> int:
    """The files that are there now, or hidden, are those that change."""
    folder = Folder(services, job, command)
    task = archiving.task_of(command, job.requested_by, job.job_id)
    head = take_lease(services, work, job, read_asset(services, job), task)
    journal.check_quiet(services, head, mine=folder.set_id)
    with kept(services, head) as keep:
        steps: list[Step] = []
        lost: list[Source] = []
        written = Written(work, job, keep)
        for batch in _batches(folder.steps(head, keep)):
            sources = services.files.sources(head.ref, [step.copy for step in batch if step.copy is not None])
            lost += unreadable(sources)
            check_types(services, head, [source.path for source in sources], "filePath")
            written.add(from_sources(batch, sources))
            steps += batch
        refuse_missing(lost, len(lost))
        refuse(services, head, written.names(), "filePath")
        keep()
        work.update(job, services.now(), **folder.begin(head, steps))
    return written.batches


def _check_fits(batches: int) -> None:
    if batches > MAX_BATCHES:
        most = MAX_BATCHES * BATCH_FILES
        raise TooLarge(f"One operation changes {most:,} files at most; name paths within, some at a time.")


def _write_steps(
    services: Services,
    work: JobWork,
    job: Job,
    asset: Asset,
    restore: Restore,
    skip_missing: bool,
    keep: Keeper,
) -> tuple[int, JobFields]:
    """Write the batches: how many there are, and what the job's record is to say of them.

    Conflict for files that can't be read and must not be skipped, TooLarge for more than the engine takes.
    """
    lost: list[Source] = []
    files = count = 0
    seen, written = Seen(keep), Written(work, job, keep, restore)
    for batch in _batches(restore.steps(seen.meter)):
        sources = seen.sources(services, asset, batch)
        missing = unreadable(sources)
        lost += missing[: MAX_LISTED_PATHS - len(lost)]
        written.add(from_sources(batch, sources))
        files, count = files + len(batch), count + len(missing)
        _check_fits(written.batches)
    if not skip_missing:
        refuse_missing(lost, count, job.kind)
    refuse(services, asset, written.names(), "version")
    report = {"skipped": [source.path for source in lost], "skipped_count": count, "reasons": reasons(lost)}
    return written.batches, JobFields(total=files, report=report if count else {})


class Written:
    """The batches as they are written, and what is odd about the names that all of them give to files."""

    def __init__(self, work: JobWork, job: Job, keep: Keeper, restore: Restore | None = None) -> None:
        self._work = work
        self._job = job
        self._keep = keep
        self._restore = restore
        self._watch = portable.Watch() if restore is None else restore.names
        self.batches = 0

    def add(self, batch: Sequence[Step]) -> None:
        for path in new_names(batch):
            self._watch.see(path)
        self._work.put_rows(self._job, f"steps-{self.batches}", batch)
        self.batches += 1

    def names(self) -> portable.NameWarnings:
        """Only for twins the steps are read again, to name them."""
        return self._watch.found(self._again)

    def _again(self) -> Iterator[str]:
        """Beside what a restore leaves in place."""
        changed = (
            Changed(path, None if delete else wanted or current)
            for path, current, wanted, delete, *_ in self._rows()
        )
        if self._restore is not None:
            return self._restore.paths(changed)
        return (one.path for one in changed if one.entry is not None)

    def _rows(self) -> Iterator[list[Any]]:
        for batch in range(self.batches):
            self._keep()
            yield from self._work.rows(self._job, f"steps-{batch}")


class Seen:
    """Checks the sources of a batch the cheaper way: one by one where they are sparse, else by a listing."""

    def __init__(self, keep: Keeper) -> None:
        self._keep = keep
        self._rows = self._checked = 0
        self._after: str | None = None

    def meter(self, reading: Reading) -> Iterator[PathChange]:
        for row in self._keep.meter(reading):
            self._rows += 1
            yield row

    def sources(self, services: Services, asset: Asset, batch: Sequence[Step]) -> list[Source]:
        """Of all copies of the batch."""
        copies = [step.copy for step in batch if step.copy is not None and step.origin is None]
        pages = (self._rows - self._checked) / LISTED_AT_ONCE
        after, self._after, self._checked = self._after, batch[-1].path, self._rows
        if len(copies) < pages * SIDE_BY_SIDE:
            return sources_of(services, asset, batch)
        elsewhere = sources_of(services, asset, [step for step in batch if step.origin is not None])
        return services.files.sources_listed(asset.ref, copies, after) + elsewhere


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
