"""Make assets of the folders of a database, batch by batch; each step may be repeated."""

from collections.abc import Iterator
from itertools import islice

from assetversions.domain.arrivals import Arrival, Told
from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.jobs import Job, JobState
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.engine.arrivals import take_in

FOLDERS_A_BATCH = 200
FILES_A_FOLDER = 200


def prepare(services: Services, work: JobWork, job: Job, command: AdoptAssets) -> int:
    """Write the batches of folders; how many there are."""
    folders = services.history.folders(command.database_id)
    count = total = 0
    while batch := list(islice(folders, FOLDERS_A_BATCH)):
        work.put_rows(job, _name(count), ([folder] for folder in batch))
        count, total = count + 1, total + len(batch)
    work.update(job, services.now(), total=total)
    return count


def copy(services: Services, work: JobWork, job: Job, batch: int) -> None:
    """As if S3 had just told of files in each folder that is no asset yet.

    An asset without a version may be of an attempt, or a job, that was cut off before it told of them.
    """
    folders = [str(folder) for (folder,) in work.rows(job, _name(batch))]
    for folder in folders:
        ref = AssetRef(job.ref.database_id, folder)
        asset = services.records.asset(ref)
        if asset is None or asset.latest == 0:
            take_in(services, ref, list(islice(_files(services, ref), FILES_A_FOLDER)), adopts=True)
    work.count(job, batch, len(folders))


def finish(services: Services, work: JobWork, job: Job) -> None:
    work.update(job, services.now(), state=JobState.SUCCEEDED, error=None)


def _files(services: Services, ref: AssetRef) -> Iterator[Arrival]:
    """Those that the database takes; some are enough for a version to have a reason. The others stay."""
    database = services.records.database(ref.database_id)
    for row in services.history.newest(ref, "", None):
        if database is not None and not row.deleted and database.takes(row.path):
            yield Arrival(row.path, Told(row.path, ChangeKind.PUT, row.version_id, row.modified, ""))


def _name(batch: int) -> str:
    return f"folders-{batch}"
