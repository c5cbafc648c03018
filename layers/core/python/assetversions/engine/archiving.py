"""Files that are hidden or brought back: what is in a folder, and the job that does what a request can't."""

from collections.abc import Iterator

from assetversions.domain.commands.files import ArchiveFiles, ChangeFolder
from assetversions.domain.errors import NotFound
from assetversions.domain.ids import uuid7
from assetversions.domain.jobs import JobKind
from assetversions.domain.journal import ChangeKind, ChangeSet, file_set, folder_set
from assetversions.domain.model import Asset
from assetversions.domain.names import as_folder
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.budget import defer


def folder_files(services: Services, asset: Asset, path: str) -> Iterator[ObjectVersion]:
    """The files that are there, in order of their paths.

    A folder is what is behind its slash, whether the caller wrote that or not: `tex` is not `texture/a.png`.
    """
    newest = services.history.newest(asset.ref, as_folder(path), None)
    return (row for row in newest if not row.deleted)


def nothing_there(command: ChangeFolder) -> NotFound:
    """For a path at which nothing is that could be hidden, or brought back."""
    if command.folder:
        return NotFound("folder" if isinstance(command, ArchiveFiles) else "archived folder", command.path)
    return NotFound("file", command.path, f" to {kind_of(command)}; a folder takes isPrefix: true")


def kind_of(command: ChangeFolder) -> ChangeKind:
    return ChangeKind.ARCHIVE if isinstance(command, ArchiveFiles) else ChangeKind.UNARCHIVE


def set_of(command: ChangeFolder) -> str:
    name = folder_set if command.folder else file_set
    return name(kind_of(command), command.path)


def task_of(command: ChangeFolder, user: str, job_id: str | None = None) -> lease.Task:
    return lease.Task(f"{kind_of(command)} of {command.path} by {user}", None, job_id)


def expected(command: ChangeFolder, asset: Asset, services: Services) -> int | None:
    """The revision that the caller builds on; Conflict where it is no longer the stored one."""
    return lease.expected(asset, task_of(command, services.user), command.expected_rev)


def of_a_job(change: ChangeSet | None) -> bool:
    """Whether this is what a job has begun and not ended: a job ends it, however little is left to do."""
    return change is not None and change.open and change.job is not None


def leave_to_a_job(command: ChangeFolder, asset: Asset, services: Services) -> Deferred:
    """The job holds the asset's lease from now on: nothing else changes the files while it works."""
    job_id = str(uuid7())
    kind = JobKind.ARCHIVE if isinstance(command, ArchiveFiles) else JobKind.UNARCHIVE_FILES
    task, rev = task_of(command, services.user, job_id), expected(command, asset, services)
    with lease.hold(services, asset, task, rev) as head:
        return defer(services, head, kind, command, job_id)
