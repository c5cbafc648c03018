"""Lambda: unsubscribe from an asset."""

from assetversions.operations.subscriptions.unsubscribe import unsubscribe
from assetversions.runtime.endpoint import endpoint

handler = endpoint(unsubscribe)
