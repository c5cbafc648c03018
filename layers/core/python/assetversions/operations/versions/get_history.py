"""Read an asset's history: its events, newest first, or what it pointed at then."""

from assetversions.domain.commands.versions import GetHistory
from assetversions.domain.event_log import pointers_at
from assetversions.domain.model import Asset, Event
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import HistoryAt, HistoryPage
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 400
EVERY = 1_000


@operation(action="read")
def get_history(command: GetHistory, asset: Asset, services: Services) -> HistoryPage | HistoryAt:
    """Deleted versions are in it: it is the audit."""
    if command.at is not None:
        events = services.records.events(asset.ref, None, EVERY)
        return HistoryAt(asset, command.at, pointers_at(events, command.at))
    scope = f"history of {asset.uid}"
    before = text_position(command.page, scope)
    events = services.records.events(asset.ref, before, command.page.size + 1)
    shown, cursor = cut(events, command.page, scope, lambda event: event.event_id, _weigh)
    return HistoryPage(asset, shown, cursor)


def _weigh(event: Event) -> int:
    texts = [str(value) for move in event.moves for value in (move.name, move.before, move.after)]
    details = [str(value) for value in event.detail.values()]
    return _FACTS_BYTES + text_bytes(event.by, *texts, *details)
