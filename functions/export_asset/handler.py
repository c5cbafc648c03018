"""Lambda: tell all there is of an asset and of those linked with it."""

from assetversions.operations.versions.export_asset import export_asset
from assetversions.runtime.endpoint import endpoint

handler = endpoint(export_asset)
