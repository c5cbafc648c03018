"""The bytes of an asset's files, which only a distributable asset gives out."""

from assetversions.domain.commands.files import DownloadFile
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link
from assetversions.engine.handed_out import is_handed_out
from assetversions.engine.lookup import find_version
from assetversions.engine.sound import readable


def check_distributable(asset: Asset) -> None:
    """Forbidden for an asset whose files are not to leave."""
    if not asset.is_distributable:
        raise Forbidden(
            f"Asset '{asset.ref.public_id}' is not distributable: no links to its files are given out. "
            "Have isDistributable set by who may update the asset."
        )


def link(services: Services, asset: Asset, entry: Entry) -> Link:
    """A link to one object version."""
    url = services.transfers.read_link(asset.ref, entry.path, entry.version_id)
    return Link(entry, url, services.transfers.link_ttl_seconds)


def wanted(services: Services, asset: Asset, command: DownloadFile) -> Entry:
    """The object version that a caller means.

    Forbidden for an asset that is not distributable; NotFound where there are no such bytes. So are an object
    version's that only deleted versions held.
    """
    check_distributable(asset)
    entry = services.files.find(asset.ref, command.path, _object_version(command, asset, services))
    if entry is None and command.version is not None:
        raise NotFound("file", command.path, ": the version holds it, and its bytes are gone for good")
    if entry is None or (command.object_version and not is_handed_out(services, asset, entry)):
        raise NotFound("file", command.path)
    return entry


def _object_version(command: DownloadFile, asset: Asset, services: Services) -> str | None:
    if command.version is None:
        return command.object_version
    version = find_version(services, asset, command.version)
    with readable(version):
        held = services.manifests.find(asset.uid, version.manifest, command.path)
    if held is None:
        raise NotFound("file", command.path)
    return held.version_id
