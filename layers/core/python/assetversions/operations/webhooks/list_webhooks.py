"""List the caller's webhooks; everybody's for those who may change policy."""

from assetversions.domain.commands.webhooks import ListWebhooks
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.domain.webhooks import Webhook
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position
from assetversions.engine.webhooks import is_seen

_SCOPE = "webhooks"
_FACTS_BYTES = 500


@operation(action="read")
def list_webhooks(command: ListWebhooks, services: Services) -> Listing[Webhook]:
    """In the order in which they were made."""
    found = services.webhooks.all(text_position(command.page, _SCOPE), command.page.size + 1)
    seen = (hook for hook in found if is_seen(services, hook))
    return Listing(*cut(seen, command.page, _SCOPE, lambda one: one.webhook_id, _weigh))


def _weigh(hook: Webhook) -> int:
    return _FACTS_BYTES + text_bytes(hook.url, hook.description, *hook.events, *hook.tags)
