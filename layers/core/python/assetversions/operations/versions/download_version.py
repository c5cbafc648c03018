"""Give links to all files of a version, a page at a time."""

from msgspec.structs import replace

from assetversions.domain.commands.files import DownloadVersion
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import LinkPage
from assetversions.engine.links import check_distributable, link
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, path_position, text_bytes
from assetversions.engine.sound import files_of

# A link carries the signer's session token and, escaped, the path.
_LINK_BYTES = 2_500


@operation(action="read")
def download_version(command: DownloadVersion, asset: Asset, services: Services) -> LinkPage:
    """Forbidden for an asset that is not distributable; a file whose bytes are gone has no link."""
    check_distributable(asset)
    version = find_version(services, asset, command.version)
    scope = f"links of {version.version_id}"
    after = path_position(command.page, scope, asset.ref)
    entries = files_of(services, asset, version, after)
    shown, cursor = cut(entries, command.page, scope, lambda entry: entry.path, _weigh)
    gone = set(services.files.gone(asset.ref, shown, after))
    links = (link(services, asset.ref, entry) for entry in shown)
    return LinkPage(version, [replace(one, url=None) if one.entry in gone else one for one in links], cursor)


def _weigh(entry: Entry) -> int:
    return _LINK_BYTES + 4 * text_bytes(entry.path)
