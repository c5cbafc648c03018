"""What went out, for the people who are to hear of it: their mail is due at the end of a short time."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from assetversions.domain.commits import Event
from assetversions.domain.letters import TOLD
from assetversions.domain.model import AssetRef
from assetversions.domain.outbox import Told
from assetversions.domain.policy import PolicyEvent
from assetversions.domain.webhooks import DISABLED
from assetversions.engine.history import before
from assetversions.runtime import environment, outward, wiring
from assetversions.storage.dynamodb.mail import DynamoMail
from assetversions.storage.mail import DigestDue, DisabledDue


def tell(told: Iterable[Told | PolicyEvent]) -> None:
    """Each asset's subscribers once in a window; a webhook's owner at once. Nobody where there is no mail."""
    if not environment.sends_mail():
        return
    first: dict[AssetRef, Event] = {}
    for one in told:
        if isinstance(one, Told):
            if one.event.kind in TOLD:
                first.setdefault(one.ref, one.event)
        elif one.kind == DISABLED:
            outward.mail_queue().tell(DisabledDue(webhook_id=one.subject))
    _subscribers(first)


def _subscribers(first: dict[AssetRef, Event]) -> None:
    """By the first that they have to hear of; noted when the message is sent: a crash sends it again."""
    if not first:
        return
    now, store = wiring.now(), DynamoMail(wiring.table())
    until = _end(now, environment.mail_window())
    for ref in store.unnoted(list(first), until):
        due = DigestDue(database_id=ref.database_id, asset_id=ref.asset_id, place=before(first[ref]))
        outward.mail_queue().tell(due, (until - now).total_seconds())
        store.note(ref, until)


def _end(now: datetime, window: timedelta) -> datetime:
    """Of the window that a moment is in."""
    return datetime.fromtimestamp(
        (now.timestamp() // window.total_seconds() + 1) * window.total_seconds(), UTC
    )
