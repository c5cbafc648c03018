"""Lambda: archive an asset."""

from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(archive_asset)
