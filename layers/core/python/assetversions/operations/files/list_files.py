"""List an asset's files: those of now, or those that a version holds."""

from collections.abc import Iterator

from assetversions.domain import portable
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.files import ListFiles
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FilePage
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, path_position, text_bytes
from assetversions.engine.sound import files_of

_FACTS_BYTES = 320


@operation(action="read")
def list_files(command: ListFiles, asset: Asset, services: Services) -> FilePage:
    """In path order, as many as asked for or as fit one reply; warnings are about this page alone."""
    which = f"{command.version} {command.archived} {command.prefix}"
    scope = f"listing of {asset.uid} {which}"
    after = path_position(command.page, scope, asset.ref)
    if command.version is None:
        files = services.history.newest(asset.ref, command.prefix, after)
    else:
        files = _held(services, asset, command.version, command.prefix, after)
    shown = (file for file in files if command.archived or not file.deleted)
    page, cursor = cut(shown, command.page, scope, lambda file: file.path, _weigh)
    return FilePage(page, cursor, portable.check(file.path for file in page if not file.deleted))


def _held(
    services: Services, asset: Asset, ref: VersionRef, prefix: str, after: str | None
) -> Iterator[ObjectVersion]:
    version = find_version(services, asset, ref)
    for entry in files_of(services, asset, version, after):
        if entry.path.startswith(prefix):
            yield _pinned(entry)
        elif entry.path > prefix:
            return


def _pinned(entry: Entry) -> ObjectVersion:
    return ObjectVersion(
        entry.path, entry.version_id, entry.modified, True, False, entry.size, entry.etag, "STANDARD"
    )


def _weigh(file: ObjectVersion) -> int:
    return _FACTS_BYTES + 3 * text_bytes(file.path)
