"""What is written when an asset begins and when it ends: its place in the list of assets remembers both."""

from collections.abc import Iterator

from assetversions.domain import lives
from assetversions.domain.commits import Change
from assetversions.domain.errors import Busy, Conflict, UsedBefore
from assetversions.domain.ids import uid_text
from assetversions.domain.model import Asset, AssetRef
from assetversions.storage.dynamodb import event_items, index_keys, items, keys, mail_keys, places
from assetversions.storage.dynamodb.actions import Actions, Item


def begins(table: Actions, asset: Asset) -> list[tuple[Item, Exception]]:
    """The actions of one transaction, each with what it means that its condition fails."""
    ref, busy = asset.ref, Busy("The id that was drawn is taken; send the request again.")
    named = {"database_id": ref.database_id, "asset_id": ref.asset_id}
    taken = Conflict(
        f"Asset '{ref.public_id}' exists already in database '{ref.database_id}'; choose another id."
    )
    gone = UsedBefore(f"Asset '{ref.public_id}' was just deleted; send the request again.")
    return [
        (table.put_new(items.from_asset(asset)), taken),
        (table.put_new({**keys.asset_by_uid(uid_text(asset.uid)), **named}), busy),
        (_takes_place(table, ref), gone),
        *((table.put(place), busy) for place in places.tagged(asset)),
    ]


def ends(table: Actions, change: Change) -> Iterator[Item]:
    """The same for its end; the first has a condition: that the head is as it was read."""
    before, after = change.before, change.after
    ref = before.ref
    place = ref.database_id, ref.asset_id
    yield table.delete_if(keys.head(*place), items.known(before))
    yield table.put(items.from_asset(after) | index_keys.last(*place))
    yield table.put(places.listed(ref) | {places.GONE: lives.life(ref.asset_id)})
    yield table.delete(mail_keys.subscription(*place))
    yield table.put_new(event_items.from_event(ref, change.event))


def free(ref: AssetRef, place: Item | None) -> AssetRef:
    """The next one of its public id, where its place tells of one that is gone."""
    gone = int((place or {}).get(places.GONE, 0))
    return AssetRef(ref.database_id, lives.in_life(ref.public_id, gone + 1))


def _takes_place(table: Actions, ref: AssetRef) -> Item:
    """Of nobody, or of the one before it alone: each of an id comes once."""
    before = lives.life(ref.asset_id) - 1
    place = places.listed(ref)
    return table.put_if(place, {places.GONE: before}) if before else table.put_unless(place, places.GONE)
