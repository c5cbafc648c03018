"""What the operations on webhooks share: whose they are, what they may be about, and sending again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Never

from msgspec.structs import replace

from assetversions.domain import addresses
from assetversions.domain.commands.webhooks import WebhookFacts
from assetversions.domain.errors import Conflict, Forbidden, Hidden, NotFound
from assetversions.domain.model import AssetRef
from assetversions.domain.once import Receipt
from assetversions.domain.ports.services import Services
from assetversions.domain.webhooks import Delivery, DeliveryState, Webhook, moment_text
from assetversions.engine.authorize import attributes


def owned(services: Services, webhook_id: str) -> Webhook:
    """The caller's own, or anybody's for those who may change policy; NotFound for all else."""
    found = services.webhooks.get(webhook_id)
    if found is None or not is_seen(services, found):
        raise NotFound("webhook", webhook_id)
    return found


def is_seen(services: Services, hook: Webhook) -> bool:
    return hook.person == services.person or services.guard.manages()


def check_alone(services: Services) -> None:
    """Forbidden for a machine that acts for a user: it would be sent what the user alone may read."""
    if not services.guard.alone():
        raise Forbidden("A machine makes and changes webhooks of its own, and not those of whom it acts for.")


def check_facts(services: Services, facts: WebhookFacts) -> None:
    """Invalid for an address that nothing may be sent to; Hidden for an asset that is not theirs to read."""
    check_alone(services)
    addresses.receiver(facts.url, services.webhooks.loopback)
    if facts.database_id is None or facts.asset_id is None:
        return
    asset = services.records.asset_called(AssetRef(facts.database_id, facts.asset_id))
    if asset is None or not services.guard.allows("read", attributes(asset)):
        raise Hidden("asset", facts.asset_id)


def send_again(services: Services, deliveries: Iterable[Delivery], told: Receipt | None = None) -> int:
    """As if new, in this order, and behind what waits; how many there were."""
    now = services.now()
    fresh = [
        (behind(now, number, delivery), replace(anew(delivery), begun_at=now, state=DeliveryState.PENDING))
        for number, delivery in enumerate(deliveries)
    ]
    services.webhooks.send_again(fresh, told)
    return len(fresh)


def anew(delivery: Delivery) -> Delivery:
    """Without what became of it."""
    return replace(
        delivery,
        attempts=0,
        next_at=None,
        tried_at=None,
        status=None,
        milliseconds=None,
        answer=None,
        problem=None,
    )


def behind(now: datetime, number: int, delivery: Delivery) -> str:
    """A place in a lane behind all that the stream has put there: those begin with a digit.

    Its own, whatever else is sent again at the same moment.
    """
    return f"again-{moment_text(now)}-{number:06}-{delivery.delivery_id}"


def sent_before(_command: object, done: list[str], services: Services) -> Delivery:
    """What a repeated request has sent; NotFound once it is forgotten."""
    webhook_id, delivery_id = done
    delivery = services.webhooks.delivery(webhook_id, delivery_id)
    if delivery is None:
        raise NotFound("delivery", delivery_id)
    services.webhooks.wake(delivery)
    return delivery


def told_once(_command: object, done: list[str], _services: Services) -> Never:
    """What a repeated request hears of a secret."""
    raise Conflict(
        f"The first request with this key has drawn a secret for webhook '{done[0]}', which is told "
        "that once. If its answer was lost, ask for another one under another key."
    )
