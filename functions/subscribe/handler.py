"""Lambda: subscribe to an asset."""

from assetversions.operations.subscriptions.subscribe import subscribe
from assetversions.runtime.endpoint import endpoint

handler = endpoint(subscribe)
