"""Lambda: unarchive an asset."""

from assetversions.operations.catalog.unarchive_asset import unarchive_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(unarchive_asset)
