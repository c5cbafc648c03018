"""What each alias has named, move by move: the past of a few is found among the many moves of others."""

from collections.abc import Iterator

from assetversions.domain.commits import Change
from assetversions.domain.event_log import ALIAS
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import index_keys, keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table

# So many moves in a row that don't count are passed over; then it is quicker to look where they end.
PASSED = 100


def moved(change: Change) -> Iterator[Item]:
    """The moves of a commit; one that frees an alias leaves it naming nothing."""
    ref, event = change.before.ref, change.event
    for move in event.moves:
        if move.what == ALIAS:
            key = index_keys.named(ref.database_id, ref.asset_id, move.name, event.event_id)
            yield {**key, "alias": move.name, "event_id": event.event_id, "number": int(move.after or 0)}


def at(table: Table, ref: AssetRef, event_id: str) -> dict[str, int]:
    """Of each alias the last move up to an event."""
    found: dict[str, int] = {}
    place: keys.Key | None = None
    while True:
        place = _read(table, ref, event_id, found, place)
        if place is None:
            return {name: number for name, number in sorted(found.items()) if number}


def _read(
    table: Table, ref: AssetRef, event_id: str, found: dict[str, int], after: keys.Key | None
) -> keys.Key | None:
    """Add to what is found, newest first; behind which key to go on, None at the end."""
    partition = keys.asset_partition(ref.database_id, ref.asset_id)
    rows = table.query(partition, prefix=index_keys.NAMED_PREFIX, after=after, newest_first=True, page=PASSED)
    passed = 0
    for row in rows:
        name = row["alias"]
        if name not in found and row["event_id"] <= event_id:
            found[name] = int(row["number"])
            passed = 0
            continue
        passed += 1
        if passed == PASSED:
            # Below all moves of an alias that is found, else below those that were later.
            return index_keys.named(
                ref.database_id, ref.asset_id, name, "" if name in found else f"{event_id}~"
            )
    return None
