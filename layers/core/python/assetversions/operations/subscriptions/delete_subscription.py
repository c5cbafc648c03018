"""Delete the subscription of an asset, for all who have it."""

from assetversions.domain.commands.catalog import DeleteSubscription
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="read", writes=True)
def delete_subscription(command: DeleteSubscription, services: Services) -> Asset:
    """Where others are subscribed, too, it takes the right to update the asset. NotFound if nobody is."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    subscription = services.subscriptions.get(asset.ref)
    if subscription is None:
        raise NotFound("subscription", command.asset_id)
    if subscription.names != {services.user}:
        require(services, "update", asset)
    services.subscriptions.delete(asset.ref, receipt(services, asset))
    return asset
