"""List who is subscribed to the assets that the caller may read."""

from assetversions.domain.commands.catalog import ListSubscriptions
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import SubscriptionPage
from assetversions.domain.subscriptions import Subscription
from assetversions.engine.authorize import attributes
from assetversions.engine.operation import operation
from assetversions.engine.paging import Sieve, cut, text_bytes
from assetversions.engine.unseen import behind, unseen

_SCOPE = "subscriptions"
_FACTS_BYTES = 250


@operation(action="read")
def list_subscriptions(command: ListSubscriptions, services: Services) -> SubscriptionPage:
    """By database and asset; a page is full unless it is the last, or too many were hidden in between."""
    after = behind(services, command.page, _SCOPE, _place)
    rows = services.subscriptions.all(after, command.page.size + 1)
    sieve = Sieve(rows, lambda row: bool(row[0].subscribers) and _may_read(services, row[1]))
    shown, cursor = cut(sieve, command.page, _SCOPE, lambda row: _place(row[0].ref), _weigh)
    return SubscriptionPage(shown, cursor or sieve.cursor(_SCOPE, lambda row: unseen(row[1])))


def _may_read(services: Services, asset: Asset) -> bool:
    return services.guard.allows("read", attributes(asset))


def _place(ref: AssetRef) -> str:
    return f"{ref.database_id}#{ref.asset_id}"


def _weigh(row: tuple[Subscription, Asset]) -> int:
    return _FACTS_BYTES + text_bytes(row[1].ref.asset_id, row[1].name, *row[0].names)
