"""Create a database: the room that assets live in."""

from assetversions.domain.commands.catalog import CreateDatabase
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import check_bucket
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="create")
def create_database(command: CreateDatabase, services: Services) -> Database:
    """Conflict if the id is taken, Invalid for another bucket than the stage's own."""
    check_bucket(services, command.bucket)
    database = Database(
        command.database_id,
        command.description,
        services.now(),
        services.user,
        command.extensions,
        command.portable_names,
        command.auto_version,
        command.auto_create_assets,
    )
    require(services, "create", database)
    services.records.add_database(database, receipt(services, database))
    return database
