"""Take keys out of what is said of a database."""

from assetversions.domain.commands.metadata import DeleteDatabaseMetadata
from assetversions.domain.metadata import without
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_database
from assetversions.engine.metadata import change_said, said_of
from assetversions.engine.operation import operation


@operation(action="update")
def delete_database_metadata(command: DeleteDatabaseMetadata, services: Services) -> MetadataChanged:
    """A key that is not there is told; the others go."""
    database, keys = find_database(services, command.database_id), command.keys
    require(services, "update", database)
    read = said_of(services, database)
    return change_said(services, read, keys, lambda before: without(before, keys), must_be=True)
