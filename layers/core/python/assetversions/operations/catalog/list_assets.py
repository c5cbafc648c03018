"""List the assets of a database that the caller may read."""

from assetversions.domain.commands.catalog import ListAssets
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetPage
from assetversions.engine.authorize import attributes
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 900


@operation(action="read")
def list_assets(command: ListAssets, services: Services) -> AssetPage:
    """By id; a page is full unless it is the last.

    Who may not read the database sees what they may of its assets; as `find_database` where that is nothing.
    """
    scope = f"assets of {command.database_id} archived={command.archived}"
    after = text_position(command.page, scope)
    assets = services.records.assets(command.database_id, after, command.page.size + 1)
    wanted = (asset for asset in assets if command.archived or asset.archived_at is None)
    readable = (asset for asset in wanted if services.guard.allows("read", attributes(asset)))
    shown, cursor = cut(readable, command.page, scope, lambda asset: asset.ref.asset_id, _weigh)
    if not shown:
        find_database(services, command.database_id)
    return AssetPage(shown, cursor)


def _weigh(asset: Asset) -> int:
    return _FACTS_BYTES + text_bytes(asset.ref.asset_id, asset.name, asset.description, *asset.tags)
