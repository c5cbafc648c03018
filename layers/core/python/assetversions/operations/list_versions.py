"""List the versions of an asset, newest first."""

from collections.abc import Iterator
from itertools import islice

from assetversions.domain.commands import ListVersions
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Details, VersionPage
from assetversions.operations.details import details
from assetversions.operations.operation import operation
from assetversions.operations.paging import cut, number_position, text_bytes

_FACTS_BYTES = 900
_VARIABLE_BYTES = 130

Row = tuple[Version, Details]


@operation(action="read")
def list_versions(command: ListVersions, asset: Asset, services: Services) -> VersionPage:
    """Newest first across pages; a page is full unless it is the last, whatever is hidden from it."""
    scope = f"versions of {asset.uid} archived={command.archived}"
    before = number_position(command.page, scope)
    hidden = {State.DELETED} if command.archived else {State.DELETED, State.ARCHIVED}
    versions = services.records.versions(asset.ref, before, command.page.size + 1)
    visible = (version for version in versions if version.state not in hidden)
    rows = _with_details(command, asset, services, visible)
    shown, cursor = cut(rows, command.page, scope, lambda row: row[0].number, _weigh)
    return VersionPage(asset, [version for version, _ in shown], cursor, tuple(found for _, found in shown))


def _with_details(
    command: ListVersions, asset: Asset, services: Services, versions: Iterator[Version]
) -> Iterator[Row]:
    if not command.detailed:
        return ((version, Details()) for version in versions)
    some = list(islice(versions, command.page.size + 1))
    return zip(some, details(services, asset, some), strict=True)


def _weigh(row: Row) -> int:
    version, found = row
    names = (version.ref.asset_id, version.alias or "", version.created_by, found.content_url or "")
    facts = _FACTS_BYTES + 2 * text_bytes(version.comment) + text_bytes(version.description, *names)
    return facts + sum(
        _VARIABLE_BYTES + text_bytes(one.name, one.preset.text if one.preset else "", one.sample or "")
        for one in found.variables
    )
