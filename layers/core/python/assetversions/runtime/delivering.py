"""The Lambda behind the queue of lanes: signs what waits for a receiver, and sends it in order."""

import json
import random
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from msgspec.structs import replace
from standardwebhooks.webhooks import Webhook as Signer

from assetversions.domain.ids import uuid7
from assetversions.domain.policy import PolicyEvent
from assetversions.domain.webhooks import (
    DEAD_AFTER,
    DISABLED,
    LONGEST_PAUSE,
    TRIED_FOR,
    Delivery,
    DeliveryState,
    Webhook,
    pause,
)
from assetversions.runtime import outward, wiring
from assetversions.runtime.rights import may_read
from assetversions.storage.dynamodb.webhooks import AT_WORK
from assetversions.storage.receivers import Answer
from assetversions.storage.webhooks import Webhooks

# An attempt takes up to ten seconds; what is left goes to another call.
ENOUGH_MS = 14_000
GONE = 410
SECONDS = timedelta(seconds=1)
NOW = timedelta()
# The lanes of a receiver that is down don't come back all at once.
MOST_SPREAD = timedelta(minutes=1)

Event = dict[str, Any]

logger = Logger()
metrics = Metrics(namespace="asset-versions")


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, context: Any) -> None:
    """One message a call: a receiver that takes its time holds up its own lane alone."""
    (record,) = event["Records"]
    body = json.loads(record["body"])
    # One that a release before this one has sent may be what somebody comes back by.
    again = body.get("again", True)
    Lane(body["webhook"], body["lane"], again, outward.webhooks(wiring.table())).empty(context)


class Lane:
    """What waits for one webhook in one order: the events of one asset.

    One message comes back for the first of it, `again`, as long as that waits; those of later events do not.
    """

    def __init__(self, webhook_id: str, lane: str, again: bool, store: Webhooks) -> None:
        self._id = webhook_id
        self._lane = lane
        self._again = again
        self._store = store

    def empty(self, context: Any) -> None:
        """Deliver the first until none is there, one has to wait, or the time is over."""
        while (found := self._store.next_in(self._id, self._lane)) is not None:
            if context.get_remaining_time_in_millis() < ENOUGH_MS:
                return self._wake(self._again)
            place, delivery = found
            over = delivery is None or delivery.state is not DeliveryState.PENDING
            if not over and not self._deliver(delivery):  # type: ignore[arg-type]
                return None
            self._store.leave(self._id, place)
        return None

    def _deliver(self, delivery: Delivery) -> bool:
        """Whether it is over with this one."""
        now, hook = wiring.now(), self._store.get(self._id)
        if hook is None:
            return True
        if delivery.next_at is not None and not self._again:
            return False
        wait = NOW if hook.disabled else _wait(hook, delivery, now)
        if wait > NOW and delivery.next_at is not None:
            self._come_back(wait)
            return False
        if not self._store.claim(delivery, now):
            # Whoever is at work on it goes on with what is behind; this is for where that breaks off.
            self._wake(self._again, AT_WORK)
            return False
        return self._claimed(hook, delivery, now, wait)

    def _claimed(self, hook: Webhook, delivery: Delivery, now: datetime, wait: timedelta) -> bool:
        if wait > NOW:
            return self._hold(delivery, now, wait)
        if hook.disabled:
            parked = replace(delivery, state=DeliveryState.PARKED, problem="The webhook is disabled.")
            return self._note(parked, now)
        if not may_read(hook.user, hook.person, delivery.ref):
            return self._note(replace(delivery, state=DeliveryState.WITHHELD, tried_at=now), now)
        probing = self._probe(hook, now)
        return self._attempt(probing, delivery, now) if probing else self._hold(delivery, now, AT_WORK)

    def _probe(self, hook: Webhook, now: datetime) -> Webhook | None:
        """A receiver that fails is tried by one at a time; None for the others, who find that it rests."""
        if hook.failing_since is None:
            return hook
        probing = replace(hook, resume_at=now + AT_WORK)
        return probing if self._store.note_health(hook, probing) else None

    def _hold(self, delivery: Delivery, claimed_at: datetime, wait: timedelta) -> bool:
        """The message first: once it is noted that somebody comes back, nobody else does."""
        self._come_back(wait)
        self._note(replace(delivery, next_at=delivery.next_at or claimed_at), claimed_at)
        return False

    def _come_back(self, wait: timedelta) -> None:
        self._wake(True, wait + min(wait, MOST_SPREAD) * random.random())  # noqa: S311

    def _wake(self, again: bool, wait: timedelta = NOW) -> None:
        outward.lanes().wake([(self._id, self._lane)], wait / SECONDS, again)

    def _attempt(self, hook: Webhook, delivery: Delivery, now: datetime) -> bool:
        answer = outward.receivers().post(hook.url, delivery.body.encode(), signed(hook, delivery, now))
        tried = replace(
            delivery,
            attempts=delivery.attempts + 1,
            tried_at=now,
            next_at=None,
            status=answer.status,
            milliseconds=answer.milliseconds,
            answer=answer.text,
            problem=answer.problem,
        )
        metrics.add_metric("DeliveriesTaken" if answer.taken else "DeliveriesFailed", MetricUnit.Count, 1)
        metrics.flush_metrics()
        if answer.taken:
            self._healthy(hook)
            return self._note(replace(tried, state=DeliveryState.DELIVERED), now)
        logger.info("Not taken", webhook=self._id, status=answer.status, problem=answer.problem)
        return self._failed(hook, tried, answer, now)

    def _failed(self, hook: Webhook, tried: Delivery, answer: Answer, claimed_at: datetime) -> bool:
        """Later again, for a day; in the meantime, nothing else goes to this receiver either."""
        now = wiring.now()
        after = self._unwell(hook, answer, now)
        if after.disabled or now - tried.begun_at >= TRIED_FOR:
            return self._note(replace(tried, state=DeliveryState.PARKED), claimed_at)
        again = now + _pause(tried.attempts, answer)
        self._wake(True, max(again, after.resume_at or again) - now)
        self._note(replace(tried, next_at=again), claimed_at)
        return False

    def _unwell(self, hook: Webhook, answer: Answer, now: datetime) -> Webhook:
        """As it is then: disabled, where there is reason enough and it has not been changed meanwhile."""
        known: Webhook | None = hook
        while known is not None and not known.disabled and known.modified_at == hook.modified_at:
            failures, since = known.failures + 1, known.failing_since or now
            resume = now + _pause(failures, answer)
            reason = _disabling(answer, since, now)
            after = replace(known, failing_since=since, failures=failures, resume_at=resume, disabled=reason)
            noted = self._store.note_health(known, after, _told(after, now) if reason else None)
            if noted and reason:
                logger.error("A webhook was disabled", webhook=self._id, owner=hook.person, reason=reason)
                metrics.add_metric("WebhooksDisabled", MetricUnit.Count, 1)
                metrics.flush_metrics()
            if noted or not reason:
                return after
            known = self._store.get(self._id)
        return known or hook

    def _healthy(self, hook: Webhook) -> None:
        if hook.failing_since is not None:
            after = replace(hook, failing_since=None, failures=0, resume_at=None)
            self._store.note_health(hook, after)

    def _note(self, delivery: Delivery, claimed_at: datetime) -> bool:
        """Whether it counts: where it is to be sent again, or somebody else is at work on it, it does not."""
        noted = self._store.note(delivery, claimed_at)
        if not noted:
            self._wake(self._again)
        return noted


def _told(hook: Webhook, now: datetime) -> PolicyEvent:
    """To admins, and by mail to the owner; the address goes without what may be secret in it."""
    detail = {"owner": hook.person, "receiver": urlsplit(hook.url).hostname, "reason": hook.disabled}
    return PolicyEvent(str(uuid7()), DISABLED, hook.webhook_id, now, "", "asset-versions", detail)


def _wait(hook: Webhook, delivery: Delivery, now: datetime) -> timedelta:
    return max(one for one in (delivery.next_at, hook.resume_at, now) if one is not None) - now


def _pause(attempts: int, answer: Answer) -> timedelta:
    """As long as the receiver asks for, where that is longer, and no longer than it may be."""
    own = pause(attempts, outward.first_pause(), random.random())  # noqa: S311
    return max(own, min(answer.rest, LONGEST_PAUSE))


def _disabling(answer: Answer, since: datetime, now: datetime) -> str | None:
    if answer.status == GONE:
        return "The receiver has answered 410: it wants no more."
    return (
        f"The receiver took nothing since {since:%Y-%m-%d %H:%M} UTC." if now - since >= DEAD_AFTER else None
    )


def signed(hook: Webhook, delivery: Delivery, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks, by each secret that is in use."""
    signatures = (
        Signer(outward.seals().open(hook.webhook_id, one.sealed)).sign(delivery.event_id, now, delivery.body)
        for one in hook.signing(now)
    )
    return {
        "Content-Type": "application/json",
        "User-Agent": "asset-versions",
        "webhook-id": delivery.event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
