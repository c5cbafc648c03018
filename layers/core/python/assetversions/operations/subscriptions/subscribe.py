"""Subscribe users to an asset's new versions."""

from assetversions.domain.commands.catalog import Subscribe
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.subscriptions import Subscriber
from assetversions.engine.authorize import attributes, require
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="read", writes=True)
def subscribe(command: Subscribe, services: Services) -> Asset:
    """Whoever may read an asset may subscribe; naming others takes the right to update it.

    Invalid for one who may not read it, be there such a user or not; Conflict if one is subscribed already.
    """
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    if command.subscribers != {services.user}:
        require(services, "update", asset)
    joining = frozenset(_reader(services, asset, name).text for name in sorted(command.subscribers))
    services.subscriptions.add(asset.ref, joining, receipt(services, asset))
    return asset


def _reader(services: Services, asset: Asset, name: str) -> Subscriber:
    user = services.users.find(name)
    if user is None or not services.guard.reads(user, attributes(asset)):
        told = f"'{name}' is no user who may read this asset; a role that requires MFA does not count."
        raise Invalid("subscribers", told)
    return Subscriber(user.person, user.name)
