"""Take keys out of what is said of an asset or a file."""

from assetversions.domain.commands.metadata import DeleteAssetMetadata
from assetversions.domain.metadata import without
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.metadata import change_metadata
from assetversions.engine.operation import operation


@operation(action="update")
def delete_asset_metadata(command: DeleteAssetMetadata, asset: Asset, services: Services) -> MetadataChanged:
    """A key that is not there is told; the others go. A file need not be there any more."""
    keys = command.keys
    return change_metadata(
        services,
        asset,
        command.file,
        keys,
        lambda before: without(before, keys),
        command.expected_rev,
        must_be=True,
    )
