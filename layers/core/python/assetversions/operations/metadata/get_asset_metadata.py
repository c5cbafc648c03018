"""Read the metadata of an asset or of a file, as they are or as a version keeps them."""

from assetversions.domain.commands.metadata import GetAssetMetadata, OfFile
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataOf
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.sound import readable


@operation(action="read")
def get_asset_metadata(command: GetAssetMetadata, asset: Asset, services: Services) -> MetadataOf:
    """All of them: there are never more than fit a reply. Of a file, whether it is there or not."""
    file = command.file
    if command.version is None:
        found = _said(services, asset, file)
    else:
        version = find_version(services, asset, command.version)
        with readable(version):
            found = _kept(services, version, file)
    return MetadataOf(asset.ref.database_id, found, asset, None if file is None else file.path)


def _kept(services: Services, version: Version, file: OfFile | None) -> Metadata:
    """Nothing of a file that the version does not have: what was said of its path is not the version's."""
    if file and services.manifests.find(version.uid, version.manifest, file.path) is None:
        return ()
    return _said(services, version, file)


def _said(services: Services, of: Asset | Version, file: OfFile | None) -> Metadata:
    if file is None:
        return services.manifests.metadata(of.uid, [of.metadata])[of.metadata]
    return services.manifests.file_metadata_at(of.uid, of.file_metadata, file.path).of(file.kind)
