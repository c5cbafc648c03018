"""The DynamoDB keys of what stands beside assets: the tags that they may have."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key

TAGS = "TAGS"


def vocabulary() -> Key:
    """All tags and their types."""
    return {PARTITION: TAGS, SORT: TAGS}
