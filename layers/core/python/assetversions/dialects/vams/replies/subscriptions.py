"""Who is told of an asset's versions, into VAMS bodies."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import items
from assetversions.domain.model import Asset
from assetversions.domain.results.catalog import SubscriptionPage

EVENT = "Asset Version Change"
ENTITY = "Asset"


def subscriptions(page: SubscriptionPage) -> Reply:
    rows = [
        {
            "eventName": EVENT,
            "entityName": ENTITY,
            "entityId": asset.ref.public_id,
            "entityValue": asset.name,
            "databaseId": asset.ref.database_id,
            "subscribers": sorted(subscription.names),
        }
        for subscription, asset in page.subscriptions
    ]
    return items(rows, page.cursor)


def changed(_asset: Asset) -> Reply:
    return Reply(200, {"message": "success"})


def subscribed(yes: bool) -> Reply:
    """In VAMS's words: its pages look for them."""
    return Reply(200, {"message": "success" if yes else "Subscription doesn't exists."})
