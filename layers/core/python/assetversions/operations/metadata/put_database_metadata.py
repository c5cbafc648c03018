"""Say something of a database: keys that are there get new values, or all of them are replaced."""

from assetversions.domain.commands.metadata import PutDatabaseMetadata
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_database
from assetversions.engine.metadata import change_said, edit_of, said_of
from assetversions.engine.operation import operation


@operation(action="update")
def put_database_metadata(command: PutDatabaseMetadata, services: Services) -> MetadataChanged:
    """All of it or nothing. Invalid where there would be too many keys, TooLarge where too much."""
    database = find_database(services, command.database_id)
    require(services, "update", database)
    return change_said(services, said_of(services, database), *edit_of(services, command))
