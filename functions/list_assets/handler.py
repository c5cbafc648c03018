"""Lambda: list the assets of a database."""

from assetversions.operations.catalog.list_assets import list_assets
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_assets)
