"""Read one database."""

from assetversions.domain.commands.catalog import GetDatabase
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation


@operation(action="read")
def get_database(command: GetDatabase, services: Services) -> Database:
    """As `find_database` says."""
    return find_database(services, command.database_id)
