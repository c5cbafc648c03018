"""Lambda: delete an asset's subscription."""

from assetversions.operations.subscriptions.delete_subscription import delete_subscription
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_subscription)
