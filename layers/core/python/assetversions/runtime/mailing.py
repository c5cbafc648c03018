"""The Lambda behind the queue of mail: writes to each subscriber what happened since they were told last."""

from itertools import islice
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from assetversions.domain import letters
from assetversions.domain.commits import Event
from assetversions.domain.letters import TOLD, Letter
from assetversions.domain.model import Asset
from assetversions.domain.subscriptions import Subscriber, Ticket, subscriber
from assetversions.engine.history import events_behind, position
from assetversions.runtime import environment, outward, stores, wiring
from assetversions.runtime.rights import may_read
from assetversions.storage.dynamodb.mail import DynamoMail
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.mail import DigestDue, DisabledDue, LetterDue, read

# So many events are read for one letter; where there are more, another one follows.
EVERY = 1_000
# So many subscribers get their message in one call.
AT_ONCE = 500

logger = Logger()
metrics = Metrics(namespace="asset-versions")


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: Any) -> None:
    """One message a call; what can't be sent comes again, and at last is where the alarm is."""
    (record,) = event["Records"]
    match read(record["body"]):
        case DigestDue() as due:
            _everybody(due)
        case LetterDue() as due:
            _one(due)
        case DisabledDue(webhook_id=webhook_id):
            _owner(webhook_id)


def _everybody(due: DigestDue) -> None:
    """A message for each: one whose mail can't be sent holds up no other."""
    found = DynamoSubscriptions(wiring.table()).get(due.ref)
    store = DynamoMail(wiring.table())
    left = sorted(text for text in (found.subscribers if found else ()) if text > due.after)
    for text in left[:AT_ONCE]:
        if person := subscriber(text).person:
            store.begin(due.ref, person, due.place)
            letter = LetterDue(database_id=due.database_id, asset_id=due.asset_id, subscriber=text)
            outward.mail_queue().tell(letter)
    if len(left) > AT_ONCE:
        outward.mail_queue().tell(due.model_copy(update={"after": left[AT_ONCE - 1]}))


def _one(due: LetterDue) -> None:
    table, who, now = wiring.table(), subscriber(due.subscriber), wiring.now()
    store, asset = DynamoMail(table), stores.records().asset(due.ref)
    subscription, told = DynamoSubscriptions(table).get(due.ref), store.told(due.ref, who.person)
    if not (asset and told and subscription and due.subscriber in subscription.subscribers):
        return  # who has left is told no more
    found = list(islice(events_behind(stores.records(), due.ref, told.place, EVERY, now), EVERY))
    if not found or not store.claim(due.ref, who.person, told, now):
        return
    _write(who, asset, [event for event in found if event.kind in TOLD])
    store.go_on(due.ref, who.person, told, position(found[-1]))
    if len(found) == EVERY:
        outward.mail_queue().tell(due)


def _write(who: Subscriber, asset: Asset, events: list[Event]) -> None:
    """Where there is something to tell, to who may read the asset now."""
    if events and may_read(who.name, who.person, asset.ref):
        ticket = outward.tickets().write(Ticket(asset.uid, who.person))
        link = f"{environment.public_url()}/unsubscribe?ticket={ticket}"
        _send(who, letters.digest(asset, events, environment.version_link(), link))


def _owner(webhook_id: str) -> None:
    hook = outward.webhooks(wiring.table()).get(webhook_id)
    if hook is not None and hook.disabled:
        _send(Subscriber(hook.person, hook.user), letters.webhook_disabled(hook))


def _send(who: Subscriber, letter: Letter) -> None:
    """To the address that the pool has verified; who has none gets nothing, and the log says whose it is."""
    user = wiring.users().find(who.name)
    if user is None or user.person != who.person or user.mail is None:
        logger.info("No verified address", person=who.person)
        return
    outward.postman().send(letter, user.mail)
    metrics.add_metric("LettersSent", MetricUnit.Count, 1)
    metrics.flush_metrics()
    logger.info("Sent", person=who.person)
