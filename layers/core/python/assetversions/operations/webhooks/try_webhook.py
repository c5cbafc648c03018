"""Send a webhook an event that says nothing but that it works."""

import json

from assetversions.domain.commands.webhooks import TryWebhook
from assetversions.domain.ids import uuid7
from assetversions.domain.ports.services import Services
from assetversions.domain.webhooks import TEST, Delivery, delivery_id
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import behind, owned, sent_before


@operation(action="read", writes=True, again=sent_before)
def try_webhook(command: TryWebhook, services: Services) -> Delivery:
    """It is signed and sent as any other; its delivery tells what came of it."""
    hook, now, event_id = owned(services, command.webhook_id), services.now(), str(uuid7())
    said = {
        "type": f"asset-versions.{TEST}",
        "timestamp": now.isoformat(),
        "data": {"webhookId": hook.webhook_id},
    }
    delivery = Delivery(
        delivery_id=delivery_id(now, event_id),
        webhook_id=hook.webhook_id,
        event_id=event_id,
        kind=TEST,
        ref=None,
        lane=TEST,
        body=json.dumps(said),
        begun_at=now,
    )
    told = receipt(services, [hook.webhook_id, delivery.delivery_id])
    services.webhooks.send_again([(behind(now, 0, delivery), delivery)], told)
    return delivery
