"""Subscribe users to an asset's new versions."""

from assetversions.domain.commands.catalog import Subscribe
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.people import reader


@operation(action="read", writes=True)
def subscribe(command: Subscribe, services: Services) -> Asset:
    """Whoever may read an asset may subscribe; naming others takes the right to update it.

    Invalid for one who may not read it, be there such a user or not; Conflict if one is subscribed already.
    """
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    if command.subscribers != {services.user}:
        require(services, "update", asset)
    joining = frozenset(reader(services, asset, name).text for name in sorted(command.subscribers))
    services.subscriptions.add(asset.ref, joining, receipt(services, asset))
    return asset
