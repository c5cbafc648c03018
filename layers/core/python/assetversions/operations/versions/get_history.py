"""Read an asset's history: its events, newest first or since a cursor, or what it pointed at then."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from assetversions.domain.commands.versions import GetHistory
from assetversions.domain.cursor import refused, seal, unseal_text
from assetversions.domain.event_log import pointers_at
from assetversions.domain.model import Asset, Event
from assetversions.domain.names import MAX_PLACE_BYTES
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import HistoryAt, HistoryPage, HistorySince
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 400
EVERY = 1_000
# An asset is born with revision 1, and its first event has the next one.
BEGINNING = "1#0"
# A commit is one transaction; yet one item of it may be there a moment before another.
WHOLE_AFTER = timedelta(minutes=1)


@operation(action="read")
def get_history(
    command: GetHistory, asset: Asset, services: Services
) -> HistoryPage | HistorySince | HistoryAt:
    """Deleted versions are in it: it is the audit."""
    if command.at is not None:
        events = services.records.events(asset.ref, None, EVERY)
        return HistoryAt(asset, command.at, pointers_at(events, command.at))
    if command.after is not None:
        return _since(command, command.after, asset, services)
    scope = f"history of {asset.uid}"
    start = text_position(command.page, scope)
    events = services.records.events(asset.ref, start, command.page.size + 1)
    shown, cursor = cut(events, command.page, scope, lambda event: event.event_id, _weigh)
    return HistoryPage(asset, shown, cursor)


def _since(command: GetHistory, after: str, asset: Asset, services: Services) -> HistorySince:
    scope = f"events of {asset.uid}"
    position = unseal_text(scope, after, "after", MAX_PLACE_BYTES) if after else BEGINNING
    rev, mark, event_id = position.partition("#")
    if not (mark and event_id and rev.isascii() and rev.isdigit()):
        raise refused("after")
    events = services.records.events(asset.ref, event_id, command.page.size + 1, oldest_first=True)
    shown, _ = cut(_unbroken(events, int(rev), services.now()), command.page, scope, _position, _weigh)
    return HistorySince(asset, shown, seal(scope, _position(shown[-1])) if shown else seal(scope, position))


def _position(event: Event) -> str:
    return f"{event.rev}#{event.event_id}"


def _unbroken(events: Iterable[Event], rev: int, now: datetime) -> Iterator[Event]:
    """Up to where one is missing that is being written: who went on behind it would never see it."""
    for event in events:
        if event.rev > rev + 1 and now - event.at < WHOLE_AFTER:
            return
        rev = event.rev
        yield event


def _weigh(event: Event) -> int:
    texts = [str(value) for move in event.moves for value in (move.name, move.before, move.after)]
    details = [str(value) for value in event.detail.values()]
    return _FACTS_BYTES + text_bytes(event.by, *texts, *details)
