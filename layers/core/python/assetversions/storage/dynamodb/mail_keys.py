"""The keys of subscribers and of mail to them, beside all the others in keys.py."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key

SUBSCRIPTIONS = "SUBSCRIPTIONS"
MAIL_PREFIX = "MAIL#"


def subscription(database_id: str, asset_id: str) -> Key:
    """In one partition with all others, which is their list."""
    return subscribed(f"{database_id}#{asset_id}")


def subscribed(place: str) -> Key:
    """A place in that list, whether somebody is subscribed there or not."""
    return {PARTITION: SUBSCRIPTIONS, SORT: place}


def told_by_mail(database_id: str, asset_id: str, person: str) -> Key:
    """How far a subscriber has been told of an asset."""
    return {PARTITION: f"{MAIL_PREFIX}{database_id}#{asset_id}", SORT: f"TOLD#{person}"}


def mail_due(database_id: str, asset_id: str, until: str) -> Key:
    """That its subscribers will be told of what happens in the time until then."""
    return {PARTITION: f"{MAIL_PREFIX}{database_id}#{asset_id}", SORT: f"DUE#{until}"}
