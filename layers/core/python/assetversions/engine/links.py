"""The bytes of an asset's files, which only a distributable asset gives out."""

from assetversions.domain.commands.files import DownloadFile
from assetversions.domain.errors import Conflict, Forbidden, Invalid, NotFound
from assetversions.domain.link_terms import USUAL, LinkTerms
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Link
from assetversions.domain.shelves import Shelf
from assetversions.domain.thumbnails import thumbnails
from assetversions.engine.handed_out import is_handed_out
from assetversions.engine.lookup import find_version
from assetversions.engine.sound import entries_at, readable, root_of


def check_distributable(asset: Asset) -> None:
    """Forbidden for an asset whose files are not to leave."""
    if not asset.is_distributable:
        raise Forbidden(
            f"Asset '{asset.ref.public_id}' is not distributable: no links to its files are given out. "
            "Have isDistributable set by who may update the asset."
        )


def link(services: Services, place: AssetRef, entry: Entry, terms: LinkTerms = USUAL) -> Link:
    """A link to one object version."""
    url = services.transfers.read_link(place, entry.path, entry.version_id, terms)
    return Link(entry, url, terms.seconds or services.transfers.link_ttl_seconds)


def sound_link(services: Services, place: AssetRef, entry: Entry, terms: LinkTerms = USUAL) -> Link:
    """The same; Conflict where it would lead to bytes that S3 does not hand out.

    There are clients that try a link that fails again for ever.
    """
    (source,) = services.files.sources(place, [entry])
    if source.trouble is not None:
        raise Conflict(f"'{entry.path}': {source.trouble}.")
    return link(services, place, entry, terms)


def wanted(services: Services, asset: Asset, command: DownloadFile) -> Entry:
    """The object version that a caller means.

    Forbidden for an asset that is not distributable; NotFound where there are no such bytes. So are an object
    version's that only deleted versions held.
    """
    check_distributable(asset)
    if command.shelf is Shelf.PREVIEW:
        return _preview(services, asset)
    place = command.shelf.of(asset.ref)
    path, object_version = _named(command, asset, services)
    entry = services.files.find(place, path, object_version)
    if entry is None and command.version is not None:
        raise NotFound("file", path, ": the version holds it, and its bytes are gone for good")
    if entry is None or (command.object_version and not is_handed_out(services, asset, entry)):
        raise NotFound("file", path)
    return entry


def _preview(services: Services, asset: Asset) -> Entry:
    found = None
    if asset.preview is not None:
        found = services.files.find(Shelf.PREVIEW.of(asset.ref), *asset.preview)
    if found is None:
        raise Invalid("downloadType", "the asset has no preview: upload one, with uploadType 'assetPreview'.")
    return found


def _standing(version: Version | None, thumbnail: bool) -> tuple[str, str]:
    """The file that stands for a version, or its picture."""
    found = None if version is None else version.thumbnail_file if thumbnail else version.content_file
    if found is None:
        raise NotFound("file", "that stands for the version" if not thumbnail else "that is its thumbnail")
    return found


def _named(command: DownloadFile, asset: Asset, services: Services) -> tuple[str, str | None]:
    """The path and the object version that are meant; without the latter, the newest one."""
    version = None if command.version is None else find_version(services, asset, command.version)
    if command.path is None:
        return _standing(version, command.thumbnail)
    if version is None:
        return command.path, command.object_version
    if command.thumbnail:
        return _picture(services, asset, version, command.path)
    with readable(version):
        held = services.manifests.find(asset.uid, version.manifest, command.path)
    if held is None:
        raise NotFound("file", command.path)
    return command.path, held.version_id


def _picture(services: Services, asset: Asset, version: Version, path: str) -> tuple[str, str]:
    """The preview that a version holds of a file."""
    root = root_of(services, asset, version)
    held = entries_at(services, asset, version, root, list(thumbnails(path)))
    if not held:
        raise NotFound("thumbnail", path)
    return held[0].path, held[0].version_id
