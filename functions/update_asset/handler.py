"""Lambda: change an asset's own facts."""

from assetversions.operations.catalog.update_asset import update_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(update_asset)
