"""Read one version, and a page of its files or its variables."""

from assetversions.domain.beginning import NUMBER
from assetversions.domain.commands.versions import GetVersion
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import VersionDetails, VersionFiles
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_any_version, find_state
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, metadata_bytes, path_position, text_bytes
from assetversions.engine.sound import files_of, readable, with_said

_FACTS_BYTES = 260
# One file, and what is said of it.
File = tuple[Entry, FileMetadata | None]


@operation(action="read")
def get_version(command: GetVersion, asset: Asset, services: Services) -> VersionFiles | VersionDetails:
    """The files come in path order, as many as asked for or as fit one reply."""
    find = find_any_version if command.deleted else find_state
    version = find(services, asset, command.version)
    if command.page is None:
        return VersionDetails(asset, version, *expand_versions(services, asset, [version], command.expand))
    if version.number == NUMBER:
        return VersionFiles(asset, version, [], None)
    scope = f"files of {version.version_id}"
    after = path_position(command.page, scope, asset.ref)
    files = with_said(services, version, files_of(services, asset, version, after), after)
    shown, cursor = cut(files, command.page, scope, lambda file: file[0].path, _weigh)
    entries = [entry for entry, _ in shown]
    status = services.files.status(asset.ref, entries, after)
    with readable(version):
        metadata = services.manifests.metadata(asset.uid, [version.metadata])[version.metadata]
    files_metadata = tuple(said for _, said in shown if said is not None)
    with_status = [(entry, status[entry.path]) for entry in entries]
    return VersionFiles(asset, version, with_status, cursor, metadata, files_metadata)


def _weigh(file: File) -> int:
    entry, said = file
    size = _FACTS_BYTES + text_bytes(entry.path)
    return size if said is None else size + metadata_bytes(said)
