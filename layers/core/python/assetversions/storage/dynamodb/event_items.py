"""How an event of an asset's history lies in the table."""

from typing import Any

from msgspec.structs import asdict

from assetversions.domain.commits import Event, Move
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import number, time_of, time_text


def from_event(ref: AssetRef, event: Event) -> Item:
    return {
        **keys.event(ref.database_id, ref.asset_id, event.event_id),
        "kind": event.kind,
        "number": event.number,
        "at": time_text(event.at),
        "by": event.by,
        "person": event.person,
        "detail": event.detail,
        "rev": event.rev,
        "moves": [asdict(move) for move in event.moves],
        "left": event.left and list(event.left),
    }


def to_event(item: Item) -> Event:
    return Event(
        event_id=item[keys.SORT].removeprefix(keys.EVENT_PREFIX),
        kind=item["kind"],
        number=int(item["number"]),
        at=time_of(item["at"]),
        by=item["by"],
        person=item.get("person", ""),
        detail={name: _plain(value) for name, value in item["detail"].items()},
        rev=int(item["rev"]),
        moves=tuple(_move(**move) for move in item["moves"]),
        left=_left(item.get("left")),
    )


def _move(what: str, name: str, before: Any, after: Any) -> Move:
    return Move(what, name, _plain(before), _plain(after))


def _left(value: Any) -> tuple[int | None, int | None] | None:
    return value and (number(value[0]), number(value[1]))


def _plain(value: Any) -> str | int | None:
    """The table reads numbers back as decimals."""
    return value if value is None or isinstance(value, str) else int(value)
