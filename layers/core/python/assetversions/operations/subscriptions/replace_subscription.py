"""Have these be subscribed to an asset's new versions, in place of all who are."""

from assetversions.domain.commands.catalog import ReplaceSubscription
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.subscriptions import Subscription, subscriber
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.people import reader


@operation(action="read", writes=True)
def replace_subscription(command: ReplaceSubscription, services: Services) -> Asset:
    """Where others come or go, it takes the right to update the asset. NotFound if nobody is subscribed."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    found = services.subscriptions.get(asset.ref)
    if found is None:
        raise NotFound("subscription", command.asset_id)
    if not (found.names ^ command.subscribers) <= {services.user}:
        require(services, "update", asset)
    named = (_meant(services, asset, found, name) for name in sorted(command.subscribers))
    services.subscriptions.replace(found, frozenset().union(*named), receipt(services, asset))
    return asset


def _meant(services: Services, asset: Asset, found: Subscription, name: str) -> frozenset[str]:
    """Who is in under this name stays in, unless another one is called so by now."""
    there, user = found.called({name}), services.users.find(name)
    if there and (user is None or user.person in {subscriber(text).person for text in there}):
        return there
    return frozenset({reader(services, asset, name).text})
