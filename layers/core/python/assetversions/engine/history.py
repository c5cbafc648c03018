"""Go on reading an asset's history from where it was left: in order, and nothing left out."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from assetversions.domain.commits import Event
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.records import Records

# An asset is born with revision 1, and its first event has the next one.
BEGINNING = "1#0"
# A commit is one transaction; yet one item of it may be there a moment before another.
WHOLE_AFTER = timedelta(minutes=1)


def position(event: Event) -> str:
    """Behind this event."""
    return f"{event.rev}#{event.event_id}"


def before(event: Event) -> str:
    """Where this event is the next one: what an id begins with sorts before it."""
    return f"{event.rev - 1}#{event.event_id[:-1]}"


def is_position(text: str) -> bool:
    rev, _, event_id = text.partition("#")
    return rev.isascii() and rev.isdigit() and bool(event_id)


def events_behind(records: Records, ref: AssetRef, place: str, page: int, now: datetime) -> Iterator[Event]:
    rev, _, event_id = place.partition("#")
    return _unbroken(records.events(ref, event_id, page, oldest_first=True), int(rev), now)


def _unbroken(events: Iterable[Event], rev: int, now: datetime) -> Iterator[Event]:
    """Up to where one is missing that is being written: who went on behind it would never see it."""
    for event in events:
        if event.rev > rev + 1 and now - event.at < WHOLE_AFTER:
            return
        rev = event.rev
        yield event
