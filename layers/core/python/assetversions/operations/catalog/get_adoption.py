"""Tell how far the making of assets of a database's folders has come."""

from assetversions.domain.commands.catalog import GetAdoption
from assetversions.domain.errors import NotFound
from assetversions.domain.jobs import Job
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.jobs.ending import as_it_is
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation


@operation(action="read")
def get_adoption(command: GetAdoption, services: Services) -> Job:
    find_database(services, command.database_id)
    job = services.jobs.get(AssetRef(command.database_id, ""), command.job_id)
    if job is None:
        raise NotFound("operation", command.job_id)
    return as_it_is(services, job)
