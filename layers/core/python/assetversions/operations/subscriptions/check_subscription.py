"""Tell whether a user is subscribed to an asset."""

from assetversions.domain.commands.catalog import CheckSubscription
from assetversions.domain.ports.services import Services
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.operation import operation


@operation(action="read")
def check_subscription(command: CheckSubscription, services: Services) -> bool:
    """Who may read the asset sees who is in; of a name that nobody has, it is false."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    subscription = services.subscriptions.get(asset.ref)
    return subscription is not None and command.user in subscription.names
