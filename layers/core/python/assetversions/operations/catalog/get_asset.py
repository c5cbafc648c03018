"""Read one asset, the version it points at, and why the next one could not make itself."""

from assetversions.domain.commands.catalog import GetAsset
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetView
from assetversions.engine.operation import operation


@operation(action="read")
def get_asset(_command: GetAsset, asset: Asset, services: Services) -> AssetView:
    current, waiting = services.automatic.shown(asset)
    metadata = services.manifests.metadata(asset.uid, [asset.metadata])
    return AssetView(asset, current, metadata[asset.metadata], None if waiting is None else waiting.failed)
