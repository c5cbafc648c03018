"""Read the metadata of an asset, as they are or as a version keeps them."""

from assetversions.domain.commands.metadata import GetAssetMetadata
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataOf
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation


@operation(action="read")
def get_asset_metadata(command: GetAssetMetadata, asset: Asset, services: Services) -> MetadataOf:
    """All of them: there are never more than fit a reply."""
    of = asset if command.version is None else find_version(services, asset, command.version)
    found = services.manifests.metadata(asset.uid, [of.metadata])[of.metadata]
    return MetadataOf(asset.ref.database_id, found, asset)
