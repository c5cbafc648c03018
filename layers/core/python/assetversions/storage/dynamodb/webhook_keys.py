"""The keys of webhooks and their deliveries, beside all the others in keys.py."""

from assetversions.storage.dynamodb.keys import PARTITION, SORT, Key

WEBHOOKS = "WEBHOOKS"
WEBHOOK_PREFIX = "WEBHOOK#"
DELIVERY_PREFIX = "DELIVERY#"


def webhook(webhook_id: str) -> Key:
    return {PARTITION: WEBHOOKS, SORT: webhook_id}


def made_by(person: str) -> Key:
    """Where it stands which webhook somebody made last."""
    return {PARTITION: f"{WEBHOOK_PREFIX}OF#{person}", SORT: "MADE"}


def of_webhook(webhook_id: str) -> str:
    """Where the deliveries of a webhook are."""
    return f"{WEBHOOK_PREFIX}{webhook_id}"


def webhook_item(webhook_id: str, sort: str) -> Key:
    return {PARTITION: of_webhook(webhook_id), SORT: sort}


def delivery(webhook_id: str, delivery_id: str) -> Key:
    return webhook_item(webhook_id, f"{DELIVERY_PREFIX}{delivery_id}")


def named(key: Key) -> dict[str, str]:
    """The ids in the key of a delivery: its own ends with that of its event."""
    delivery_id = key[SORT].removeprefix(DELIVERY_PREFIX)
    return {
        "webhook_id": key[PARTITION].removeprefix(WEBHOOK_PREFIX),
        "delivery_id": delivery_id,
        "event_id": delivery_id.partition("-")[2],
    }


def lane_prefix(lane: str) -> str:
    """What waits to be delivered in one order."""
    return f"LANE#{lane}#"


def waiting(webhook_id: str, lane: str, place: str) -> Key:
    return webhook_item(webhook_id, f"{lane_prefix(lane)}{place}")
