"""The keys of what leads to something else than by its name: to an alias's past, to the assets with a tag."""

from assetversions.domain.lives import public_id
from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key, asset_partition, database_partition

NAMED_PREFIX = "NAMED#"


def named(database_id: str, asset_id: str, name: str, event_id: str) -> Key:
    """What an alias named from an event on; all of one stand together: no alias has a question mark."""
    sort = f"{NAMED_PREFIX}{name.replace('/', '?')}/{event_id}"
    return {PARTITION: asset_partition(database_id, asset_id), SORT: sort}


def last(database_id: str, asset_id: str) -> Key:
    """What a deleted asset was, for who is told of it afterwards."""
    return {PARTITION: asset_partition(database_id, asset_id), SORT: "LAST"}


def tag_partition(database_id: str, tag: str) -> str:
    """The list of a database's assets that have a tag, or had it once."""
    return f"{database_partition(database_id)}#TAG#{tag}"


def tagged(database_id: str, tag: str, asset_id: str) -> Key:
    return {PARTITION: tag_partition(database_id, tag), SORT: public_id(asset_id)}
