"""Where databases and assets stand in lists; the few that have a mark are found without a look at all."""

from collections.abc import Collection, Iterator
from heapq import merge

from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.names import MAX_NAME_BYTES
from assetversions.domain.ports.records import Marks
from assetversions.storage.dynamodb import index_keys, items, keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import BATCH_GET_LIMIT, Table

AT_ONCE = 1_000
# Lists of tags that are read side by side; the list of all assets takes the place of more.
MOST_TAGS = 20
# On the place of an asset that was deleted: how many of its id there were.
GONE = "gone"
_TAGS_LISTED = "tags_listed"
# A tag has 256 characters.
_MAX_TAG_BYTES = 1_024


def of_database(database: Database) -> Item:
    """A new one, all of whose assets will stand in the lists of their tags; older ones have no such lists."""
    return {**items.from_database(database), _TAGS_LISTED: True}


def listed(ref: AssetRef) -> Item:
    """The place of an asset in the list of its database."""
    return {**keys.listed_asset(ref.database_id, ref.asset_id), "asset_id": ref.public_id}


def tagged(asset: Asset, before: Collection[str] = ()) -> list[Item]:
    """Its places in the lists of tags that it did not have `before`. They stay: its head decides."""
    ref = asset.ref
    new = sorted(set(asset.tags).difference(before))
    return [{**index_keys.tagged(ref.database_id, tag, ref.asset_id)} for tag in new]


def databases(table: Table, after: str | None) -> Iterator[str]:
    start = None if after is None else keys.listed_database(after)
    return (row["database_id"] for row in table.query(keys.DATABASES, after=start, page=AT_ONCE))


def assets(table: Table, database_id: str, after: str | None, within: Marks | None) -> Iterator[str]:
    """By id; what has none of the marks may be left out."""
    if within is None:
        return _all(table, database_id, after)
    tags = [tag for what, tag in within if what == "tags" and _fits(tag, _MAX_TAG_BYTES)]
    if len(tags) > MOST_TAGS or (tags and not _has_lists_of_tags(table, database_id)):
        return _all(table, database_id, after)
    ids = [one for what, one in within if what == "asset_id" and _fits(one, MAX_NAME_BYTES)]
    named = sorted(one for one in ids if after is None or one > after)
    return _each_once(merge(named, *(_with_tag(table, database_id, after, tag) for tag in tags)))


def _has_lists_of_tags(table: Table, database_id: str) -> bool:
    return _TAGS_LISTED in (table.get(keys.database(database_id)) or {})


def _all(table: Table, database_id: str, after: str | None) -> Iterator[str]:
    start = None if after is None else keys.listed_asset(database_id, after)
    partition = keys.database_partition(database_id)
    rows = table.query(partition, prefix=keys.ASSET_PREFIX, after=start, page=AT_ONCE)
    return (row["asset_id"] for row in rows if GONE not in row)


def _with_tag(table: Table, database_id: str, after: str | None, tag: str) -> Iterator[str]:
    start = None if after is None else index_keys.tagged(database_id, tag, after)
    partition = index_keys.tag_partition(database_id, tag)
    return (row[keys.SORT] for row in table.query(partition, after=start, page=BATCH_GET_LIMIT))


def _each_once(in_order: Iterator[str]) -> Iterator[str]:
    last = None
    for one in in_order:
        if one != last:
            yield one
        last = one


def _fits(text: str, most_bytes: int) -> bool:
    """A rule may ask for what no asset can have."""
    return 0 < len(text.encode()) <= most_bytes
