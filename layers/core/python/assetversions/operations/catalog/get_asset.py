"""Read one asset and the version it points at."""

from assetversions.domain.commands.catalog import GetAsset
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetView
from assetversions.engine.operation import operation


@operation(action="read")
def get_asset(_command: GetAsset, asset: Asset, services: Services) -> AssetView:
    current = services.records.version(asset.ref, asset.current) if asset.current else None
    metadata = services.manifests.metadata(asset.uid, [asset.metadata])
    return AssetView(asset, current, metadata[asset.metadata])
