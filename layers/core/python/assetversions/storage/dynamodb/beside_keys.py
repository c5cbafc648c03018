"""The DynamoDB keys of what stands beside assets: the tags that they may have, comments on their versions."""

from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key, asset_partition

TAGS = "TAGS"
COMMENT_PREFIX = "COMMENT#"


def vocabulary() -> Key:
    """All tags and their types."""
    return {PARTITION: TAGS, SORT: TAGS}


def comment(ref: AssetRef, place: str) -> Key:
    """With all of its asset."""
    return {PARTITION: asset_partition(ref.database_id, ref.asset_id), SORT: f"{COMMENT_PREFIX}{place}"}
