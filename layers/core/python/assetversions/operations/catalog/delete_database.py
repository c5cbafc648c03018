"""Delete a database in which no asset is active; its name is free again."""

from assetversions.domain.commands.catalog import DeleteDatabase
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_database
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation

# Archived assets that are looked at, in search of one that is not.
MOST = 10_000
_AT_ONCE = 1_000


@operation(action="delete")
def delete_database(command: DeleteDatabase, services: Services) -> Database:
    """Invalid while an asset is active, be it one that the caller may not read; archived ones stay.

    TooLarge where there are too many archived ones to tell.
    """
    database = find_database(services, command.database_id)
    require(services, "delete", database)
    assets = services.records.assets(database.database_id, None, _AT_ONCE)
    for looked_at, asset in enumerate(assets):
        if asset.archived_at is None:
            raise Invalid("databaseId", f"'{database.database_id}' has active assets; archive them first.")
        if looked_at == MOST:
            raise TooLarge(
                f"There are more than {MOST:,} archived assets, too many to look through; delete some first."
            )
    services.records.delete_database(database.database_id, receipt(services, database))
    return database
