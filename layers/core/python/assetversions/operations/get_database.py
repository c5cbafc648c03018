"""Read one database."""

from assetversions.domain.asset_commands import GetDatabase
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Database
from assetversions.domain.ports import Services
from assetversions.operations.operation import operation, require


@operation(action="read")
def get_database(command: GetDatabase, services: Services) -> Database:
    database = services.records.database(command.database_id)
    if database is None:
        raise NotFound("database", command.database_id)
    require(services, "read", database)
    return database
