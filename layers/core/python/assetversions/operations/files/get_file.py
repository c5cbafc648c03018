"""Read one file: the newest of it, its history, and which versions of the asset hold what of that."""

from functools import partial
from itertools import islice

from msgspec.structs import replace

from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import GetFile
from assetversions.domain.errors import NotFound, TooLarge
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FileView
from assetversions.engine.operation import operation
from assetversions.engine.paging import AT_LEAST, LISTING_BYTES, Sieve, cut, number_position, text_bytes
from assetversions.engine.previews import preview_of
from assetversions.engine.sound import readable

MAX_HISTORY = 10_000
# A page reads about so many lines of manifests, whatever the number of versions.
_LINES = 250_000


@operation(action="read")
def get_file(command: GetFile, asset: Asset, services: Services) -> FileView:
    """NotFound if there never was such a file; a deleted one is shown as such.

    So is a folder: that of the asset itself, one with an object of its own, or one with files in it.
    """
    history = list(islice(services.history.of(asset.ref, command.path), MAX_HISTORY + 1))
    if not history:
        return FileView(
            asset.ref, _folder(services, asset, command.path), None, None if command.page is None else []
        )
    newest = history[0]
    kind = None if newest.deleted else services.history.content_type(asset.ref, command.path)
    said = services.manifests.file_metadata_at(asset.uid, asset.file_metadata, command.path)
    find = partial(services.files.current, asset.ref)
    preview = "" if newest.deleted else preview_of(command.path, find)
    view = FileView(asset.ref, newest, kind, primary=said.primary, preview=preview)
    if command.page is None:
        return view
    if len(history) > MAX_HISTORY:
        raise TooLarge(
            f"'{command.path}' has more than {MAX_HISTORY:,} object versions; leave out includeVersions."
        )
    held, cursor = _held(services, asset, command.path, command.page)
    return replace(view, history=history, held=held, cursor=cursor)


def _folder(services: Services, asset: Asset, path: str) -> ObjectVersion:
    """One that only its files tell of has no object version."""
    if path and not path.endswith("/"):
        raise NotFound("file", path)
    rows = islice(services.history.newest(asset.ref, path, None), MAX_HISTORY)
    if path and all(row.deleted for row in rows):
        raise NotFound("folder", path)
    return ObjectVersion(path, "", 0, latest=True, deleted=False)


def _held(
    services: Services, asset: Asset, path: str, page: Page
) -> tuple[dict[str, list[Version]], str | None]:
    """By object version, the versions of the asset that hold it; a manifest is read once."""
    scope = f"versions of {asset.uid} with {path}"
    before = number_position(page, scope)
    rows = services.records.versions(asset.ref, before, max(page.size + 1, AT_LEAST if asset.deleted else 0))
    sieve = Sieve(rows, lambda version: version.state is not State.DELETED)
    versions, cursor = cut(sieve, page, scope, lambda version: version.number, _weigh)
    cursor = cursor or sieve.cursor(scope, lambda version: version.number)
    found = _found(services, asset, path, versions)
    held: dict[str, list[Version]] = {}
    for version in versions:
        entry = found[version.manifest]
        if entry is not None:
            held.setdefault(entry.version_id, []).append(version)
    return held, cursor


def _found(services: Services, asset: Asset, path: str, versions: list[Version]) -> dict[str, Entry | None]:
    """By manifest, what it holds at the path."""
    firsts: dict[str, Version] = {}
    for version in versions:
        firsts.setdefault(version.manifest, version)
    found: dict[str, Entry | None] = {}
    entries = services.manifests.find_each(asset.uid, list(firsts), path)
    for digest, version in firsts.items():
        with readable(version):
            found[digest] = next(entries)
    return found


def _weigh(version: Version) -> int:
    return LISTING_BYTES * min(version.files, _LINES) // _LINES + 2 * text_bytes(*version.aliases)
