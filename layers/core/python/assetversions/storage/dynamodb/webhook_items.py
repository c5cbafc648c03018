"""How webhooks and their deliveries are written as items, and read back."""

import gzip
from datetime import datetime

from assetversions.domain.model import AssetRef
from assetversions.domain.webhooks import KEPT_FOR, Delivery, DeliveryState, Secret, Webhook
from assetversions.storage.dynamodb import keys, webhook_keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import number, time_of, time_text


def from_webhook(hook: Webhook) -> Item:
    return {
        **webhook_keys.webhook(hook.webhook_id),
        "webhook_id": hook.webhook_id,
        "url": hook.url,
        "events": list(hook.events),
        "person": hook.person,
        "user": hook.user,
        "created_at": time_text(hook.created_at),
        "modified_at": time_text(hook.modified_at),
        "secrets": [{"sealed": one.sealed, "until": _moment(one.until)} for one in hook.secrets],
        "database_id": hook.database_id,
        "asset_id": hook.asset_id,
        "tags": list(hook.tags),
        "description": hook.description,
        "disabled": hook.disabled,
        "failing_since": _moment(hook.failing_since),
        "resume_at": _moment(hook.resume_at),
        "failures": hook.failures,
    }


def to_webhook(item: Item) -> Webhook:
    return Webhook(
        webhook_id=item["webhook_id"],
        url=item["url"],
        events=tuple(item["events"]),
        person=item["person"],
        user=item["user"],
        created_at=time_of(item["created_at"]),
        modified_at=time_of(item["modified_at"]),
        secrets=tuple(Secret(one["sealed"], _to_moment(one["until"])) for one in item["secrets"]),
        database_id=item["database_id"],
        asset_id=item["asset_id"],
        tags=tuple(item["tags"]),
        description=item["description"],
        disabled=item["disabled"],
        failing_since=_to_moment(item["failing_since"]),
        resume_at=_to_moment(item["resume_at"]),
        failures=int(item["failures"]),
    )


def from_delivery(delivery: Delivery) -> Item:
    """It is forgotten a month after it was sent first. Its ids are in its key: it must not exceed 1 KB."""
    ref = delivery.ref
    return {
        **webhook_keys.delivery(delivery.webhook_id, delivery.delivery_id),
        keys.EXPIRES: int((delivery.begun_at + KEPT_FOR).timestamp()),
        "kind": delivery.kind,
        "asset": None if ref is None else [ref.database_id, ref.asset_id],
        "lane": delivery.lane,
        "body": gzip.compress(delivery.body.encode(), mtime=0),
        "begun_at": time_text(delivery.begun_at),
        "state": str(delivery.state),
        **outcome(delivery),
    }


def outcome(delivery: Delivery) -> Item:
    """What an attempt changes."""
    return {
        "attempts": delivery.attempts,
        "next_at": _moment(delivery.next_at),
        "tried_at": _moment(delivery.tried_at),
        "status": delivery.status,
        "milliseconds": delivery.milliseconds,
        "answer": delivery.answer,
        "problem": delivery.problem,
    }


def to_delivery(item: Item) -> Delivery:
    return Delivery(
        **webhook_keys.named(item),
        kind=item["kind"],
        ref=None if item["asset"] is None else AssetRef(*item["asset"]),
        lane=item["lane"],
        body=gzip.decompress(bytes(item["body"])).decode(),
        begun_at=time_of(item["begun_at"]),
        state=DeliveryState(item["state"]),
        attempts=int(item["attempts"]),
        next_at=_to_moment(item["next_at"]),
        tried_at=_to_moment(item["tried_at"]),
        status=number(item["status"]),
        milliseconds=number(item["milliseconds"]),
        answer=item["answer"],
        problem=item["problem"],
    )


def _moment(value: datetime | None) -> str | None:
    return None if value is None else time_text(value)


def _to_moment(value: str | None) -> datetime | None:
    return None if value is None else time_of(value)
