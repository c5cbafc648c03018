"""Read one asset, the version it points at, what has changed since, and why no version came of it."""

from assetversions.domain.commands.catalog import GetAsset
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetView
from assetversions.engine.lookup import place_of
from assetversions.engine.operation import operation
from assetversions.engine.pending import count
from assetversions.engine.standing import standing


@operation(action="read")
def get_asset(command: GetAsset, asset: Asset, services: Services) -> AssetView:
    """Three calls; what has changed is counted up to a bound."""
    current, waiting = services.automatic.shown(asset)
    metadata = services.manifests.metadata(asset.uid, [asset.metadata])
    failed = None if waiting is None else waiting.failed
    return AssetView(
        asset,
        current,
        metadata[asset.metadata],
        failed,
        count(services, asset),
        place_of(services),
        standing(services, asset, current) if command.standing else None,
    )
