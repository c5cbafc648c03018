"""Give a link to the bytes of one file: as it is now, of one object version, or as a version holds it."""

from assetversions.domain.errors import NotFound
from assetversions.domain.file_commands import DownloadFile
from assetversions.domain.file_results import Link
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.operations.links import check_distributable, link
from assetversions.operations.lookup import find_version
from assetversions.operations.operation import operation


@operation(action="read")
def download_file(command: DownloadFile, asset: Asset, services: Services) -> Link:
    """Forbidden for an asset that is not distributable; NotFound where there are no such bytes."""
    check_distributable(asset)
    entry = services.files.find(asset.ref, command.path, _object_version(command, asset, services))
    if entry is None:
        raise NotFound("file", command.path)
    return link(services, asset, entry)


def _object_version(command: DownloadFile, asset: Asset, services: Services) -> str | None:
    if command.version is None:
        return command.object_version
    version = find_version(services, asset, command.version)
    held = services.manifests.find(asset.uid, version.manifest, command.path)
    if held is None:
        raise NotFound("file", command.path)
    return held.version_id
