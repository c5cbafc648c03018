"""Tell how far the making of assets of a database's folders has come."""

from assetversions.domain.commands.catalog import GetAdoption
from assetversions.domain.jobs import Job
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.jobs.ending import as_it_is
from assetversions.engine.lookup import find_database, find_job
from assetversions.engine.operation import operation


@operation(action="read")
def get_adoption(command: GetAdoption, services: Services) -> Job:
    find_database(services, command.database_id)
    return as_it_is(services, find_job(services, AssetRef(command.database_id, ""), command.job_id))
