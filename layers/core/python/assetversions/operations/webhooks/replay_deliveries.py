"""Send again what happened in a stretch of time: a receiver that was restored from a backup catches up."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from assetversions.domain.commands.webhooks import ReplayDeliveries
from assetversions.domain.errors import Invalid
from assetversions.domain.ports.services import Services
from assetversions.domain.results.webhooks import Replayed
from assetversions.domain.webhooks import Delivery, DeliveryState, moment_text
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation
from assetversions.engine.webhooks import owned, send_again

MOST = 500


def _as_it_was(_command: ReplayDeliveries, done: list[str], _services: Services) -> Replayed:
    webhook_id, count, rest = done
    return Replayed(webhook_id, int(count), datetime.fromisoformat(rest) if rest else None)


@operation(action="read", writes=True, again=_as_it_was)
def replay_deliveries(command: ReplayDeliveries, services: Services) -> Replayed:
    """In the order in which it happened; what still waits to be sent is not sent twice.

    A request takes some hundred: it says where the next one goes on.
    """
    hook = owned(services, command.webhook_id)
    if command.end <= command.start:
        raise Invalid("to", "must be later than `from`.")
    place = moment_text(command.start), moment_text(command.end)
    found = services.webhooks.between(hook.webhook_id, *place)
    over = (one for one in found if one.state is not DeliveryState.PENDING)
    chosen, rest = _cut(over)
    told = receipt(services, [hook.webhook_id, str(len(chosen)), rest.isoformat() if rest else ""])
    if told is not None and not chosen:
        services.receipts.add(told)
    return Replayed(hook.webhook_id, send_again(services, chosen, told), rest)


def _cut(found: Iterable[Delivery]) -> tuple[list[Delivery], datetime | None]:
    """What goes out now, and the moment to go on at: none is cut, however much happened in it."""
    chosen: list[Delivery] = []
    for moment, some in groupby(found, lambda one: one.happened_at):
        together = list(some)
        if chosen and len(chosen) + len(together) > MOST:
            return chosen, moment
        chosen += together
    return chosen, None
