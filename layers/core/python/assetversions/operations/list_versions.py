"""List the versions of an asset, newest first."""

from assetversions.domain.commands import ListVersions
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import VersionPage
from assetversions.operations.details import details
from assetversions.operations.operation import operation
from assetversions.operations.paging import cut, number_position, text_bytes

_FACTS_BYTES = 900


@operation(action="read")
def list_versions(command: ListVersions, asset: Asset, services: Services) -> VersionPage:
    """Newest first across pages; a page is full unless it is the last, whatever is hidden from it."""
    scope = f"versions of {asset.uid} archived={command.archived}"
    before = number_position(command.page, scope)
    hidden = {State.DELETED} if command.archived else {State.DELETED, State.ARCHIVED}
    versions = services.records.versions(asset.ref, before, command.page.size + 1)
    visible = (version for version in versions if version.state not in hidden)
    shown, cursor = cut(visible, command.page, scope, lambda version: version.number, _weigh)
    return VersionPage(asset, shown, cursor, details(services, asset, shown) if command.detailed else ())


def _weigh(version: Version) -> int:
    names = (version.ref.asset_id, version.alias or "", version.created_by)
    return _FACTS_BYTES + 2 * text_bytes(version.comment) + text_bytes(version.description, *names)
