"""Tell how far a long operation has come, and never that one goes on which has ended."""

from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.jobs.ending import as_it_is
from assetversions.engine.lookup import find_job, reread
from assetversions.engine.operation import operation
from assetversions.engine.zips import with_link


@operation(action="read")
def get_job(command: GetJob, asset: Asset, services: Services) -> tuple[Asset, Job]:
    job = find_job(services, asset.ref, command.job_id)
    found = as_it_is(services, job)
    return asset if found == job else reread(services, asset), with_link(services, asset, found)
