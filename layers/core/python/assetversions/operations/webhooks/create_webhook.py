"""Make a webhook: its owner is sent what happens to the assets that they may read."""

from msgspec.structs import asdict

from assetversions.domain.commands.webhooks import CreateWebhook
from assetversions.domain.ids import uuid7
from assetversions.domain.ports.services import Services
from assetversions.domain.results.webhooks import NewSecret
from assetversions.domain.webhooks import MAX_WEBHOOKS, Secret, Webhook, draw_secret
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import check_facts, told_once


@operation(action="read", writes=True, again=told_once)
def create_webhook(command: CreateWebhook, services: Services) -> NewSecret:
    """The secret is told this once. Conflict for one who has as many as may be."""
    check_facts(services, command.facts)
    webhook_id, secret, now = str(uuid7()), draw_secret(), services.now()
    hook = Webhook(
        webhook_id=webhook_id,
        person=services.person,
        user=services.user,
        created_at=now,
        modified_at=now,
        secrets=(Secret(services.webhooks.seal(webhook_id, secret)),),
        **asdict(command.facts),
    )
    services.webhooks.add(hook, MAX_WEBHOOKS, receipt(services, [webhook_id]))
    return NewSecret(hook, secret)
