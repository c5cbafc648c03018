"""List an asset's files: those of now, or those that a version holds."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile

from assetversions.domain import portable
from assetversions.domain.commands.files import ListFiles
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FilePage
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, path_position, text_bytes
from assetversions.engine.previews import Beside, Find
from assetversions.engine.sound import entries_at, files_in, root_of

_FACTS_BYTES = 320


@operation(action="read")
def list_files(command: ListFiles, asset: Asset, services: Services) -> FilePage:
    """In path order, as many as asked for or as fit one reply; warnings are about this page alone."""
    which = f"{command.version} {command.archived} {command.prefix}"
    scope = f"listing of {asset.uid} {which}"
    after = path_position(command.page, scope, asset.ref)
    of: Asset | Version = asset
    find: Find = partial(services.files.current, asset.ref)
    if command.version is None:
        files = services.history.newest(asset.ref, command.prefix, after)
    else:
        of = find_version(services, asset, command.version)
        root = root_of(services, asset, of)
        files = _held(files_in(services, asset, of, root, after), command.prefix)
        find = partial(entries_at, services, asset, of, root)
    beside = Beside(files)
    shown = (file for file in beside if command.archived or not file.deleted)
    page, cursor = cut(shown, command.page, scope, lambda file: file.path, partial(_weigh, asset.ref))
    warnings = portable.check(file.path for file in page if not file.deleted)
    previews = {} if command.basic else beside.of(page, cursor is None, find)
    primary = _primary(services, of, page) if page else {}
    return FilePage(asset.ref, page, cursor, warnings, primary, previews)


def _primary(services: Services, of: Asset | Version, page: Sequence[ObjectVersion]) -> dict[str, str]:
    """By path, what files of a page are to their asset; a version keeps what they were."""
    first, last = page[0].path, page[-1].path
    rows = services.manifests.file_metadata(of.uid, of.file_metadata, first[:-1])
    among = takewhile(lambda row: row.path <= last, rows)
    return {row.path: row.primary for row in among if row.primary}


def _held(entries: Iterable[Entry], prefix: str) -> Iterator[ObjectVersion]:
    for entry in entries:
        if entry.path.startswith(prefix):
            yield _pinned(entry)
        elif entry.path > prefix:
            return


def _pinned(entry: Entry) -> ObjectVersion:
    return ObjectVersion(
        entry.path, entry.version_id, entry.modified, True, False, entry.size, entry.etag, "STANDARD"
    )


def _weigh(ref: AssetRef, file: ObjectVersion) -> int:
    return _FACTS_BYTES + 4 * text_bytes(file.path) + text_bytes(ref.database_id, ref.asset_id)
