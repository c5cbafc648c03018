"""Read the metadata of a database."""

from assetversions.domain.commands.metadata import GetDatabaseMetadata
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataOf
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation


@operation(action="read")
def get_database_metadata(command: GetDatabaseMetadata, services: Services) -> MetadataOf:
    """All of them; as `find_database` says."""
    database_id = find_database(services, command.database_id).database_id
    return MetadataOf(database_id, services.records.said(database_id)[0])
