"""One asset of an export, with as many of its files as fit the reply and the time that are left."""

from itertools import islice

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.commands.exports import ExportAsset
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.exports import ExportedAsset, ExportedFile
from assetversions.engine.budget import LISTING, ROW
from assetversions.engine.files_listed import listing, weigh
from assetversions.engine.paging import LISTING_BYTES, entries_bytes, text_bytes
from assetversions.engine.sound import readable, with_said

# The newest of an asset's versions, among so many.
VERSIONS, LOOKED_AT = 100, 1_000
_ASSET_BYTES, _VERSION_BYTES, _LINK_BYTES = 1_600, 1_200, 600
# A link to a file carries the signer's session token and, escaped, the path.
_URL_BYTES = 2_500
# In microseconds: the requests for an asset, a file among those of a listing, and half of what a request has:
# the other half is for the way to the assets.
_ASSET_TIME, _FILE_TIME, _TIME = 2 * LISTING, ROW + LISTING // 500, 10_000_000


class Room:
    """What is left of a reply and of the time; a page that has taken nothing has room for any one thing."""

    def __init__(self) -> None:
        self._bytes, self._time = LISTING_BYTES, _TIME

    def take(self, size: int, microseconds: int = 0) -> bool:
        """Whether it was there."""
        if size > self._bytes or microseconds > self._time:
            return False
        self._bytes -= size
        self._time -= microseconds
        return True


def exported(
    services: Services,
    command: ExportAsset,
    asset: Asset,
    version: Version,
    pinned: bool,
    after: str,
    room: Room,
) -> tuple[ExportedAsset, str] | None:
    """With its files behind `after`, as the version has them where it is `pinned`, and the last one seen.

    None where there is no room for it.
    """
    of: Asset | Version = version if pinned else asset
    root = command.asset == asset.ref
    metadata = _metadata(services, of) if command.asset_metadata else None
    versions = _versions(services, asset) if command.versions and root and not after else None
    if not room.take(_weigh(asset, version, metadata or (), versions or []), _ASSET_TIME):
        return None
    found = listing(services, asset, version if pinned else None, "", after or None)
    files: list[ExportedFile] = []
    more, last = False, after
    # Also files that are left out take time.
    for file, row in with_said(services, found.of, found.files, after or None):
        said = row or FileMetadata(file.path)
        shown = _shows(command, file, said)
        if not room.take(_weigh_file(command, asset, file, said) if shown else 0, _FILE_TIME):
            more = True
            break
        last = file.path
        if shown:
            files.append(ExportedFile(file, said))
    page = [one.file for one in files]
    previews = found.files.of(page, not more, found.find)
    urls = _urls(services, asset, page, pinned, after or None) if command.links else {}
    files = [one._replace(preview=previews.get(one[0].path, ""), url=urls.get(one[0].path)) for one in files]
    return ExportedAsset(asset, version, files, more, metadata, versions), last


def weigh_link(link: AssetLink) -> int:
    names = (link.source.asset_id, link.target.asset_id, link.alias)
    return _LINK_BYTES + text_bytes(*names) + entries_bytes(link.metadata)


def _shows(command: ExportAsset, file: ObjectVersion, said: FileMetadata) -> bool:
    if file.deleted and not command.archived:
        return False
    if file.path.endswith("/"):
        return command.folders
    if command.primary_only and not said.primary:
        return False
    return not command.extensions or file.path.lower().endswith(command.extensions)


def _urls(
    services: Services, asset: Asset, files: list[ObjectVersion], pinned: bool, after: str | None
) -> dict[str, str]:
    """By path; none to what is hidden or gone, nor to files of an asset that is not distributable."""
    if not asset.is_distributable:
        return {}
    there = [file for file in files if not file.deleted and not file.path.endswith("/")]
    if pinned:
        gone = {entry.path for entry in services.files.gone(asset.ref, [one.entry() for one in there], after)}
        there = [file for file in there if file.path not in gone]
    return {one.path: services.transfers.read_link(asset.ref, one.path, one.version_id) for one in there}


def _metadata(services: Services, of: Asset | Version) -> Metadata:
    with readable(of):
        return services.manifests.metadata(of.uid, [of.metadata])[of.metadata]


def _versions(services: Services, asset: Asset) -> list[Version]:
    rows = islice(services.records.versions(asset.ref, None, VERSIONS), LOOKED_AT)
    return list(islice((one for one in rows if one.state is not State.DELETED), VERSIONS))


def _weigh(asset: Asset, version: Version, metadata: Metadata, versions: list[Version]) -> int:
    names = (asset.ref.asset_id, asset.name, asset.description, *asset.tags, version.comment)
    told = sum(_VERSION_BYTES + 2 * text_bytes(one.comment) + text_bytes(one.description) for one in versions)
    return _ASSET_BYTES + text_bytes(*names) + entries_bytes(metadata) + told


def _weigh_file(command: ExportAsset, asset: Asset, file: ObjectVersion, said: FileMetadata) -> int:
    size = weigh(asset.ref, file) + (_URL_BYTES + 4 * text_bytes(file.path) if command.links else 0)
    entries = (*said.metadata, *said.attributes) if command.file_metadata else ()
    return size + entries_bytes(entries)
