"""Read one file as a version holds it, and what that version says of it."""

from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.held_files import GetHeldFile
from assetversions.domain.errors import NotFound
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.held_files import Held, HeldFile
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.sound import readable


@operation(action="read")
def get_held_file(command: GetHeldFile, asset: Asset, services: Services) -> HeldFile:
    """NotFound where the version that is named does not hold it, or where there never was such a file."""
    version = _version(command, asset, services)
    entry = None if version is None else _entry(services, version, command.path)
    if version is not None and entry is not None:
        with readable(version):
            said = services.manifests.file_metadata_at(version.uid, version.file_metadata, command.path)
        (extras,) = expand_versions(services, asset, [version], command.expand)
        return HeldFile(asset, Held(version, entry, said, extras))
    if command.version is not None or services.files.ever(asset.ref, [command.path]) == [False]:
        raise NotFound("file", command.path)
    return HeldFile(asset)


def _version(command: GetHeldFile, asset: Asset, services: Services) -> Version | None:
    if command.version is not None:
        return find_version(services, asset, command.version)
    number = asset.published if command.released else asset.newest
    return None if number is None else find_version(services, asset, VersionRef(number=number))


def _entry(services: Services, version: Version, path: str) -> Entry | None:
    with readable(version):
        return services.manifests.find(version.uid, version.manifest, path)
