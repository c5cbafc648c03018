"""Give a link to the bytes of one file: as it is now, of one object version, or as a version holds it."""

from assetversions.domain.commands.files import DownloadFile
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link
from assetversions.engine.handed_out import is_handed_out
from assetversions.engine.links import check_distributable, link
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.sound import readable


@operation(action="read")
def download_file(command: DownloadFile, asset: Asset, services: Services) -> Link:
    """Forbidden for an asset that is not distributable; NotFound where there are no such bytes.

    So are an object version's that only deleted versions held.
    """
    check_distributable(asset)
    entry = services.files.find(asset.ref, command.path, _object_version(command, asset, services))
    if entry is None and command.version is not None:
        raise NotFound("file", command.path, ": the version holds it, and its bytes are gone for good")
    if entry is None or (command.object_version and not is_handed_out(services, asset, entry)):
        raise NotFound("file", command.path)
    return link(services, asset, entry)


def _object_version(command: DownloadFile, asset: Asset, services: Services) -> str | None:
    if command.version is None:
        return command.object_version
    version = find_version(services, asset, command.version)
    with readable(version):
        held = services.manifests.find(asset.uid, version.manifest, command.path)
    if held is None:
        raise NotFound("file", command.path)
    return held.version_id
