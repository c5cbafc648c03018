"""List who is subscribed to the assets that the caller may read."""

from assetversions.domain.commands.catalog import ListSubscriptions
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import SubscriptionPage
from assetversions.domain.subscriptions import Subscription
from assetversions.engine.authorize import attributes
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "subscriptions"
_FACTS_BYTES = 250


@operation(action="read")
def list_subscriptions(command: ListSubscriptions, services: Services) -> SubscriptionPage:
    """By database and asset; a page is full unless it is the last."""
    after = text_position(command.page, _SCOPE)
    rows = services.subscriptions.all(after, command.page.size + 1)
    readable = (row for row in rows if services.guard.allows("read", attributes(row[1])))
    return SubscriptionPage(*cut(readable, command.page, _SCOPE, _position, _weigh))


def _position(row: tuple[Subscription, Asset]) -> str:
    return f"{row[0].ref.database_id}#{row[0].ref.asset_id}"


def _weigh(row: tuple[Subscription, Asset]) -> int:
    return _FACTS_BYTES + text_bytes(row[1].ref.asset_id, row[1].name, *row[0].names)
