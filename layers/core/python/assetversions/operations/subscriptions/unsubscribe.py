"""Unsubscribe users from an asset's new versions."""

from assetversions.domain.commands.catalog import Unsubscribe
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="read", writes=True)
def unsubscribe(command: Unsubscribe, services: Services) -> Asset:
    """Everybody may leave; naming others takes the right to update the asset. NotFound if one is not in."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    if command.subscribers != {services.user}:
        require(services, "update", asset)
    found = services.subscriptions.get(asset.ref)
    missing = command.subscribers - (frozenset() if found is None else found.names)
    if found is None or missing:
        raise NotFound("subscription", ", ".join(sorted(missing)))
    services.subscriptions.remove(asset.ref, found.called(command.subscribers), receipt(services, asset))
    return asset
