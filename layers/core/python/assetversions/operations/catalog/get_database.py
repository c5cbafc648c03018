"""Read one database, and how much is in it."""

from itertools import islice

from assetversions.domain.commands.catalog import GetDatabase
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import DatabaseView
from assetversions.engine.authorize import attributes
from assetversions.engine.lookup import find_database, place_of
from assetversions.engine.operation import operation

# A number that is kept would be one item which every new asset writes; so they are counted, up to here.
MOST_COUNTED = 1_000


@operation(action="read")
def get_database(command: GetDatabase, services: Services) -> DatabaseView:
    """As `find_database` says."""
    database = find_database(services, command.database_id)
    return DatabaseView(database, place_of(services), _count(services, command.database_id))


def _count(services: Services, database_id: str) -> int | None:
    within = services.guard.assets_within(database_id)
    assets = services.records.assets(database_id, None, MOST_COUNTED + 1, within)
    found = list(islice(assets, MOST_COUNTED + 1))
    if len(found) > MOST_COUNTED:
        return None
    active = (asset for asset in found if asset.archived_at is None)
    return sum(services.guard.allows("read", attributes(asset)) for asset in active)
