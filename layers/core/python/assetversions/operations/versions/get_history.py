"""Read an asset's history: newest first with the changes of files, since a cursor, or as of an instant."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge

from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.cursor import refused, seal, unseal_text
from assetversions.domain.event_log import Pointers, pointers_at
from assetversions.domain.ids import event_id
from assetversions.domain.model import Asset
from assetversions.domain.names import MAX_PLACE_BYTES
from assetversions.domain.outbox import Told, files_changed
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import HistoryAt, HistoryPage, HistorySince
from assetversions.engine.history import BEGINNING, events_behind, is_position, position
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position
from assetversions.engine.pending import closed_place, noted_at

_FACTS_BYTES, _FILE_BYTES = 400, 120
# An event's id has its time in milliseconds, which may be rounded down.
_ROUNDED = timedelta(milliseconds=2)
# Events of so short a time.
_FEW = 10
_EVERY = 1_000
# Between the two places of a cursor.
_AND = "|"


@operation(action="read")
def get_history(
    command: GetHistory, asset: Asset, services: Services
) -> HistoryPage | HistorySince | HistoryAt:
    """Deleted versions are in it: it is the audit."""
    if command.at is not None:
        return HistoryAt(asset, command.at, _pointers(asset, command.at, services))
    if command.after is not None:
        return _since(command, command.after, asset, services)
    scope = f"history of {asset.uid}"
    rows = _told(asset, services, *_places(command.page, scope), command.page.size + 1)
    shown, cursor = cut(rows, command.page, scope, lambda row: row[1], lambda row: _weigh(row[0]))
    return HistoryPage(asset, [told for told, _ in shown], cursor)


def _pointers(asset: Asset, at: datetime, services: Services) -> Pointers:
    """The last event up to then says what was current and published; a history that began before that was
    kept is read.
    """
    records, behind = services.records, event_id(at + _ROUNDED, 0)
    first = next(records.events(asset.ref, None, 1, oldest_first=True), None)
    last = next((event for event in records.events(asset.ref, behind, _FEW) if event.at <= at), None)
    if first is None or last is None:
        return Pointers(None, None, {})
    if first.left is None or last.left is None:
        return pointers_at(records.events(asset.ref, behind, _EVERY), at)
    return Pointers(*last.left, records.named(asset.ref, last.event_id))


def _told(
    asset: Asset, services: Services, event_id: str, place: str, size: int
) -> Iterator[tuple[Told, str]]:
    """What lies below the last event and the last change that were shown; and where to go on behind each.

    Both are in an order of their own, so a clock that is wrong can hide none of them.
    """
    events = services.records.events(asset.ref, event_id or None, size)
    changes = services.journal.recent(asset.ref, _below(place) if place else None)
    lines = ((Told(asset.ref, event), event.event_id, "") for event in events)
    files = ((files_changed(asset.ref, one, count), "", closed_place(one)) for one, count in changes)
    for told, event, change in merge(lines, files, key=lambda row: row[0].event.at, reverse=True):
        event_id, place = event or event_id, change or place
        yield told, f"{event_id}{_AND}{place}"


def _places(page: Page, scope: str) -> tuple[str, str]:
    event_id, _, place = (text_position(page, scope) or "").partition(_AND)
    try:
        if place:
            _below(place)
    except ValueError as error:
        raise refused(page.cursor_field) from error
    return event_id, place


def _below(place: str) -> tuple[datetime, str]:
    return noted_at(place), place.partition("#")[2]


def _since(command: GetHistory, after: str, asset: Asset, services: Services) -> HistorySince:
    scope = f"events of {asset.uid}"
    place = unseal_text(scope, after, "after", MAX_PLACE_BYTES) if after else BEGINNING
    if not is_position(place):
        raise refused("after")
    events = events_behind(services.records, asset.ref, place, command.page.size + 1, services.now())
    told = (Told(asset.ref, event) for event in events)
    shown, _ = cut(told, command.page, scope, lambda one: position(one.event), _weigh)
    return HistorySince(asset, shown, seal(scope, position(shown[-1].event) if shown else place))


def _weigh(told: Told) -> int:
    event = told.event
    texts = [str(value) for move in event.moves for value in (move.name, move.before, move.after)]
    details = [str(value) for value in event.detail.values()]
    files = sum(_FILE_BYTES + text_bytes(one.path) for one in told.files)
    return _FACTS_BYTES + files + text_bytes(event.by, *texts, *details)
