"""Read a webhook, and how its receiver does."""

from assetversions.domain.commands.webhooks import GetWebhook
from assetversions.domain.ports.services import Services
from assetversions.domain.webhooks import Webhook
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import owned


@operation(action="read")
def get_webhook(command: GetWebhook, services: Services) -> Webhook:
    """Its secrets are not in it."""
    return owned(services, command.webhook_id)
