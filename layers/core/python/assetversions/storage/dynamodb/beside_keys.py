"""The DynamoDB keys of what stands beside databases and assets: what is said of them, tags, comments …"""

from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key, asset_partition, database

TAGS = "TAGS"
COMMENT_PREFIX = "COMMENT#"
LINK_PREFIX = "LINK#"
LINKED_PREFIX = "LINKED#"


def said(database_id: str) -> Key:
    """Where a database's metadata are."""
    return database(database_id) | {SORT: "SAID"}


def vocabulary() -> Key:
    """All tags and their types."""
    return {PARTITION: TAGS, SORT: TAGS}


def comment(ref: AssetRef, place: str) -> Key:
    """With all of its asset."""
    return {PARTITION: asset_partition(ref.database_id, ref.asset_id), SORT: f"{COMMENT_PREFIX}{place}"}


def link(link_id: str) -> Key:
    return {PARTITION: f"{LINK_PREFIX}{link_id}", SORT: "LINK"}


def linked(ref: AssetRef, link_id: str) -> Key:
    """The copy of a link beside an asset that it begins or ends at."""
    return {PARTITION: asset_partition(ref.database_id, ref.asset_id), SORT: f"{LINKED_PREFIX}{link_id}"}


def links() -> Key:
    """Counts those that were made."""
    return {PARTITION: f"{LINK_PREFIX}ALL", SORT: "LINKS"}
