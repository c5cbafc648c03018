"""Read one version, and a page of its files or its variables."""

from assetversions.domain.commands.versions import GetVersion
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import VersionDetails, VersionFiles
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, path_position, text_bytes
from assetversions.engine.sound import files_of

_FACTS_BYTES = 260


@operation(action="read")
def get_version(command: GetVersion, asset: Asset, services: Services) -> VersionFiles | VersionDetails:
    """The files come in path order, as many as asked for or as fit one reply."""
    version = find_version(services, asset, command.version)
    if command.page is None:
        return VersionDetails(asset, version, *expand_versions(services, asset, [version], command.expand))
    scope = f"files of {version.version_id}"
    after = path_position(command.page, scope, asset.ref)
    entries = files_of(services, asset, version, after)
    shown, cursor = cut(entries, command.page, scope, lambda entry: entry.path, _weigh)
    status = services.files.status(asset.ref, shown, after)
    metadata = services.manifests.metadata(asset.uid, [version.metadata])[version.metadata]
    return VersionFiles(asset, version, [(entry, status[entry.path]) for entry in shown], cursor, metadata)


def _weigh(entry: Entry) -> int:
    return _FACTS_BYTES + text_bytes(entry.path)
