"""Lambda: list subscriptions."""

from assetversions.operations.subscriptions.list_subscriptions import list_subscriptions
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_subscriptions)
