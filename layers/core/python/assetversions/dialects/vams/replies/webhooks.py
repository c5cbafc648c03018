"""Webhooks and their deliveries as bodies; a secret stands in the one that draws it alone."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain.results.access import Listing
from assetversions.domain.results.webhooks import NewSecret, Replayed
from assetversions.domain.webhooks import Delivery, Webhook


def created(made: NewSecret) -> Reply:
    return Reply(200, _webhook(made.webhook) | {"secret": made.secret, "message": "Webhook created"})


def rotated(made: NewSecret) -> Reply:
    """Until when the one before it signs, too."""
    body = {
        "webhookId": made.webhook.webhook_id,
        "secret": made.secret,
        "message": "Webhook has a new secret",
    }
    return Reply(200, body | {"previousUntil": made.until and text(made.until)})


def webhook(hook: Webhook) -> Reply:
    facts = _webhook(hook)
    return Reply(200, {"message": facts} | facts)


def updated(hook: Webhook) -> Reply:
    return Reply(200, _webhook(hook) | {"message": "Webhook updated"})


def webhooks(found: Listing[Webhook]) -> Reply:
    return items([_webhook(hook) for hook in found.items], found.cursor)


def deleted(done: list[str]) -> Reply:
    return Reply(200, {"webhookId": done[0], "message": "Webhook deleted"})


def deliveries(found: Listing[Delivery]) -> Reply:
    return items([_delivery(delivery) for delivery in found.items], found.cursor)


def sent(delivery: Delivery) -> Reply:
    """It goes out behind what waits: its delivery says later what came of it."""
    return Reply(202, _delivery(delivery) | {"message": "Accepted; ask the deliveries for its outcome"})


def replayed(done: Replayed) -> Reply:
    rest = done.rest and milliseconds(done.rest)
    body = {"webhookId": done.webhook_id, "count": done.count, "next": rest}
    return Reply(202, body | {"message": "Accepted; ask the deliveries for their outcome"})


def _webhook(hook: Webhook) -> Body:
    return {
        "webhookId": hook.webhook_id,
        "url": hook.url,
        "events": list(hook.events),
        "databaseId": hook.database_id,
        "assetId": hook.asset_id,
        "tags": list(hook.tags),
        "description": hook.description,
        "createdBy": hook.user,
        "dateCreated": text(hook.created_at),
        "dateModified": text(hook.modified_at),
        "disabled": hook.disabled,
        "failingSince": hook.failing_since and text(hook.failing_since),
    }


def _delivery(delivery: Delivery) -> Body:
    ref = delivery.ref
    return {
        "deliveryId": delivery.delivery_id,
        "eventId": delivery.event_id,
        "event": delivery.kind,
        "databaseId": ref and ref.database_id,
        "assetId": ref and ref.public_id,
        "state": str(delivery.state),
        "attempts": delivery.attempts,
        "lastAttempt": delivery.tried_at and milliseconds(delivery.tried_at),
        "nextAttempt": delivery.next_at and milliseconds(delivery.next_at),
        "status": delivery.status,
        "milliseconds": delivery.milliseconds,
        "answer": delivery.answer,
        "problem": delivery.problem,
    }
