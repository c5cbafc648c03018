"""Lambda: read one asset."""

from assetversions.operations.catalog.get_asset import get_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_asset)
