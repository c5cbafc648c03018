"""Draw a new secret for a webhook; the one that it had signs beside it for a day."""

from msgspec.structs import replace

from assetversions.domain.commands.webhooks import RotateWebhookSecret
from assetversions.domain.ports.services import Services
from assetversions.domain.results.webhooks import NewSecret
from assetversions.domain.webhooks import OVERLAP, Secret, draw_secret
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import check_alone, owned, told_once


@operation(action="read", writes=True, again=told_once)
def rotate_webhook_secret(command: RotateWebhookSecret, services: Services) -> NewSecret:
    """Told this once. Of those before it the last alone goes on."""
    check_alone(services)
    before = owned(services, command.webhook_id)
    now, secret = services.now(), draw_secret()
    until = now + OVERLAP
    kept = replace(before.secrets[0], until=until)
    fresh = Secret(services.webhooks.seal(before.webhook_id, secret))
    after = replace(before, secrets=(fresh, kept), modified_at=now)
    services.webhooks.update(before, after, receipt(services, [before.webhook_id]))
    return NewSecret(after, secret, until)
