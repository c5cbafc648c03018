"""The keys of mail to subscribers, beside all the others in keys.py."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key

MAIL_PREFIX = "MAIL#"


def told_by_mail(database_id: str, asset_id: str, person: str) -> Key:
    """How far a subscriber has been told of an asset."""
    return {PARTITION: f"{MAIL_PREFIX}{database_id}#{asset_id}", SORT: f"TOLD#{person}"}


def mail_due(database_id: str, asset_id: str, until: str) -> Key:
    """That its subscribers will be told of what happens in the time until then."""
    return {PARTITION: f"{MAIL_PREFIX}{database_id}#{asset_id}", SORT: f"DUE#{until}"}
