"""Read one database."""

from assetversions.domain.asset_commands import GetDatabase
from assetversions.domain.model import Database
from assetversions.domain.ports import Services
from assetversions.operations.lookup import find_database
from assetversions.operations.operation import operation


@operation(action="read")
def get_database(command: GetDatabase, services: Services) -> Database:
    """As `find_database` says."""
    return find_database(services, command.database_id)
