"""Hide a folder: what is in it, and the job that does it where that is more than a request can hide."""

from collections.abc import Iterator

from uuid6 import uuid7

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.budget import defer


def folder_files(services: Services, asset: Asset, path: str) -> Iterator[tuple[str, str | None]]:
    """The path and the object version of each file that is there, in order.

    A folder is what is behind its slash, whether the caller wrote that or not: `tex` is not `texture/a.png`.
    """
    newest = services.history.newest(asset.ref, f"{path.rstrip('/')}/", None)
    return ((row.path, row.version_id) for row in newest if not row.deleted)


def task_of(command: ArchiveFiles, user: str, job_id: str) -> lease.Task:
    return lease.Task(f"archive of {command.path} by {user}", None, job_id)


def leave_to_a_job(command: ArchiveFiles, asset: Asset, services: Services) -> Deferred:
    """The job holds the asset's lease from now on: no version is made of a folder that is half hidden."""
    job_id = str(uuid7())
    with lease.hold(services, asset, task_of(command, services.user, job_id), None) as head:
        return defer(services, head, JobKind.ARCHIVE, command, job_id)
