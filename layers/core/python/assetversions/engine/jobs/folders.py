"""Hide or bring back a folder in a job: a change set stands open until all of it is done.

So a version has the folder as it was before, or whole, whatever becomes of the job.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from assetversions.domain.commands.files import ArchiveFiles, ChangeFolder
from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict, TooLarge
from assetversions.domain.fields import JobFields
from assetversions.domain.jobs import Job, LostWork
from assetversions.domain.journal import ChangeSet, PathState
from assetversions.domain.model import Asset
from assetversions.domain.names import as_folder
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import CERTAIN
from assetversions.engine import archiving, journal, lease, settle
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.keeping import Keeper
from assetversions.engine.restore.plan import Step
from assetversions.engine.unarchive import MAX_NAMED, hidden, refuse_lost, to_bring_back

# Whoever looks at the change set holds all of its paths, and the table takes them within a minute.
MAX_FILES = 200_000

Row = TypeVar("Row")


class Folder:
    """What the job of such a command does; `uncertain` and `lost` tell of the steps so far."""

    def __init__(self, services: Services, job: Job, command: ChangeFolder) -> None:
        self._services = services
        self._job = job
        self._command = command
        self.set_id = archiving.set_of(command)
        self.uncertain = CERTAIN
        self.lost: dict[str, str] = {}

    def steps(self, asset: Asset, keep: Keeper) -> Iterator[Step]:
        """In path order; TooLarge for more than one job changes."""
        if isinstance(self._command, ArchiveFiles):
            for row in _few(archiving.folder_files(self._services, asset, self._command.path)):
                keep()
                yield Step(row.path, row.entry(), delete=True)
            return
        found = _few(hidden(self._services, asset, as_folder(self._command.path), keep))
        for name, one in to_bring_back(self._services, asset, self._command, found, keep.meter):
            keep()
            if isinstance(one, str):
                self.lost[name] = one
                continue
            self.uncertain = self.uncertain if one.certain else self.uncertain.and_(name)
            yield Step(name, None, copy=one.row.entry())

    def begin(self, asset: Asset, steps: Sequence[Step]) -> JobFields:
        """The set is open from now on; what the job's record is to say.

        Conflict where nothing of what was hidden comes back, unless an attempt before has begun.
        """
        before = self._services.journal.get(asset.ref, self.set_id)
        if not steps and not archiving.of_a_job(before):
            refuse_lost(self.lost)
        states = [
            PathState(step.path, step.current and step.current.version_id, step.copy and step.copy.version_id)
            for step in steps
        ]
        kind = archiving.kind_of(self._command)
        journal.begin_in_job(self._services, asset, kind, self.set_id, self._job.job_id, states)
        return JobFields(total=len(steps), report=self._report())

    def _report(self) -> dict[str, Any]:
        found, named = self.uncertain, list(self.lost)[:MAX_NAMED]
        doubts = {"uncertain": list(found.paths), "uncertain_count": found.count}
        skipped = {
            "skipped": named,
            "skipped_count": len(self.lost),
            "reasons": {name: self.lost[name] for name in named},
        }
        return (doubts if found.count else {}) | (skipped if named else {})

    def finish(self, work: JobWork, asset: Asset, batches: int) -> None:
        """All is done: close the set, let go of the files, and end the job with that."""
        services, job = self._services, self._job
        if job.done != job.total:
            raise LostWork(f"Operation {job.job_id} has changed {job.done} of {job.total} files.")
        if lease.of_job(asset, job.job_id) is None:
            raise Conflict("The lease of this operation has passed to another one; send the request anew.")
        change = services.journal.get(asset.ref, self.set_id)
        if change is not None and change.open and change.job == job.job_id:
            journal.end(services, asset, change, self._done(work, asset, change, batches))
        kind = f"files.{archiving.kind_of(self._command)}d"

        def build(head: Asset) -> tuple[Change, None]:
            held = lease.of_job(head, job.job_id)
            if held is None:
                raise Conflict(
                    "The lease of this operation has passed to another one; send the request anew."
                )
            note = new_event(services, kind, head.current or 0, path=self._command.path, files=job.total)
            return replace(head_change(head, note, lease=replace(held, until=note.at)), job=job.job_id), None

        commit_with_retry(services, asset, build, None)

    def _done(self, work: JobWork, asset: Asset, change: ChangeSet, batches: int) -> list[PathState]:
        """What became of each path; of those that an earlier attempt brought back, what stands there."""
        states = self._services.journal.paths(asset.ref, change)
        if isinstance(self._command, ArchiveFiles):
            return states
        rows = (row for batch in range(batches) for row in work.rows(self._job, f"changed-{batch}"))
        made = {path: entry[1] for path, entry in rows if entry is not None}
        rest = settle.outcome(self._services, asset, [one for one in states if one.path not in made], {})
        mine = [state._replace(after=made[state.path]) for state in states if state.path in made]
        return sorted([*rest, *mine])


def _few(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == MAX_FILES:
            most = f"{MAX_FILES:,}"
            raise TooLarge(f"filePath: one operation changes {most} files at most; name a folder within.")
        yield row
