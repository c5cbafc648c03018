"""Create a database: the room that assets live in."""

from assetversions.domain.commands import CreateDatabase
from assetversions.domain.model import Database
from assetversions.domain.ports import Services
from assetversions.operations.operation import operation, require


@operation(action="create")
def create_database(command: CreateDatabase, services: Services) -> Database:
    """Conflict if the id is taken."""
    database = Database(command.database_id, command.description, services.now(), services.user)
    require(services, "create", database)
    services.records.add_database(database)
    return database
