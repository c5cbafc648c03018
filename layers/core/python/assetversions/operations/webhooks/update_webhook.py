"""Change what a webhook is about and where it sends to; one that was disabled is enabled by it."""

from msgspec.structs import asdict, replace

from assetversions.domain.commands.webhooks import UpdateWebhook
from assetversions.domain.ports.services import Services
from assetversions.domain.webhooks import Webhook
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import check_facts, owned


def _as_it_is(command: UpdateWebhook, _done: list[str], services: Services) -> Webhook:
    return owned(services, command.webhook_id)


@operation(action="read", writes=True, again=_as_it_is)
def update_webhook(command: UpdateWebhook, services: Services) -> Webhook:
    """Its owner stays the same: what they may read is sent, whoever changes it."""
    before = owned(services, command.webhook_id)
    check_facts(services, command.facts)
    health = {"disabled": None, "failing_since": None, "resume_at": None, "failures": 0}
    after = replace(before, **asdict(command.facts), **health, modified_at=services.now())
    services.webhooks.update(before, after, receipt(services, [before.webhook_id]))
    return after
