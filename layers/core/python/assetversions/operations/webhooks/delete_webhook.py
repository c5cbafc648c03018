"""Delete a webhook: nothing is sent for it any more."""

from assetversions.domain.commands.webhooks import DeleteWebhook
from assetversions.domain.ports.services import Services
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import owned


@operation(action="read", writes=True)
def delete_webhook(command: DeleteWebhook, services: Services) -> list[str]:
    """What waits to be sent is not."""
    hook = owned(services, command.webhook_id)
    services.webhooks.delete(hook.webhook_id, receipt(services, [hook.webhook_id]))
    return [hook.webhook_id]
