"""List what was sent for a webhook, and what came of it."""

from assetversions.domain.commands.webhooks import ListDeliveries
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.domain.webhooks import Delivery
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position
from assetversions.engine.webhooks import owned

_FACTS_BYTES = 500


@operation(action="read")
def list_deliveries(command: ListDeliveries, services: Services) -> Listing[Delivery]:
    """Newest first, by when the events happened; those of a month."""
    hook = owned(services, command.webhook_id)
    scope = f"deliveries of {hook.webhook_id}"
    before = text_position(command.page, scope)
    found = services.webhooks.deliveries(hook.webhook_id, before, command.page.size + 1)
    return Listing(*cut(found, command.page, scope, lambda one: one.delivery_id, _weigh))


def _weigh(delivery: Delivery) -> int:
    return _FACTS_BYTES + text_bytes(delivery.answer or "", delivery.problem or "", delivery.delivery_id)
