"""The keys of what is there to be found by something else than its name: what an alias named in the past."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key, asset_partition

NAMED_PREFIX = "NAMED#"


def named(database_id: str, asset_id: str, name: str, event_id: str) -> Key:
    """What an alias named from an event on; no alias has a slash."""
    sort = f"{NAMED_PREFIX}{name}/{event_id}"
    return {PARTITION: asset_partition(database_id, asset_id), SORT: sort}
