"""Lambda: create an asset."""

from assetversions.operations.catalog.create_asset import create_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(create_asset)
