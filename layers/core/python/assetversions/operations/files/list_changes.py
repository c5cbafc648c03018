"""List what happened to an asset's files, by whom and when."""

from datetime import datetime

from assetversions.domain.commands.common import Page
from assetversions.domain.commands.files import ListChanges
from assetversions.domain.cursor import refused
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import ChangePage, FileChange
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position
from assetversions.engine.pending import noted_at, pending, since

INSTANT_TOO = "; since takes one, or an instant with its zone, such as 2026-11-25T18:00:00Z"
_FACTS_BYTES = 240


@operation(action="read")
def list_changes(command: ListChanges, asset: Asset, services: Services) -> ChangePage:
    """In the order in which they were noted. An event that S3 tells twice may be on two pages."""
    scope = f"changes of {asset.uid} since {command.since}"
    after = text_position(command.page, scope) or ""
    begin = _noted_at(command.page, after) if after else None
    if command.since is None:
        changes = pending(services, asset, after)
    else:
        changes = since(services, asset, begin or _moment(command, asset, services), after)
    shown, cursor = cut(changes, command.page, scope, lambda change: change.place, _weigh)
    return ChangePage(shown, cursor)


def _moment(command: ListChanges, asset: Asset, services: Services) -> datetime:
    if isinstance(command.since, datetime):
        return command.since
    assert command.since is not None
    try:
        version = find_version(services, asset, command.since)
    except NotFound as error:
        raise NotFound("version", str(command.since), INSTANT_TOO) from error
    return version.taken.through if version.taken else version.created_at


def _noted_at(page: Page, place: str) -> datetime:
    """Where a page goes on; Invalid for what somebody made up."""
    try:
        return noted_at(place)
    except ValueError as error:
        raise refused(page.cursor_field) from error


def _weigh(change: FileChange) -> int:
    return _FACTS_BYTES + text_bytes(change.path, change.by, change.object_version or "")
