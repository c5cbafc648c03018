"""Send one delivery of a webhook again, whatever came of it before."""

from assetversions.domain.commands.webhooks import Redeliver
from assetversions.domain.errors import NotFound
from assetversions.domain.ports.services import Services
from assetversions.domain.webhooks import Delivery
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import owned, send_again, sent_before


@operation(action="read", writes=True, again=sent_before)
def redeliver(command: Redeliver, services: Services) -> Delivery:
    """Under the same event id. NotFound for one that is forgotten."""
    hook = owned(services, command.webhook_id)
    delivery = services.webhooks.delivery(hook.webhook_id, command.delivery_id)
    if delivery is None:
        raise NotFound("delivery", command.delivery_id)
    send_again(services, [delivery], receipt(services, [hook.webhook_id, delivery.delivery_id]))
    return services.webhooks.delivery(hook.webhook_id, command.delivery_id) or delivery
