"""Store an asset's metadata, and let its database know which properties that makes."""

from assetversions.domain.metadata import Metadata, properties
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services


def store_metadata(services: Services, asset: Asset, metadata: Metadata) -> str | None:
    """The document's digest, None for none. A crash leaves at worst a property that no asset has."""
    if metadata:
        services.properties.define(asset.ref, properties(metadata))
    return services.manifests.write_metadata(asset.uid, metadata)
