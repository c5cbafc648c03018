"""Webhooks in one partition, which is their list; the deliveries of each, and what waits, in its own."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.once import Receipt
from assetversions.domain.policy import PolicyEvent
from assetversions.domain.webhooks import Delivery, DeliveryState, Webhook
from assetversions.storage.attempts import attempts
from assetversions.storage.dynamodb import keys, policy_items, receipts, webhook_items, webhook_keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text
from assetversions.storage.dynamodb.table import CONDITION_FAILED, Cancelled, Table, refused_as

# Longer than one attempt may take.
AT_WORK = timedelta(seconds=30)


class DynamoWebhooks:
    """The `Webhooks` port, and what those need that send."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, hook: Webhook, most: int, receipt: Receipt | None = None) -> None:
        """Who makes two at once makes one after the other: the second counts the first."""
        for _ in attempts():
            mark = self._mark(hook)
            if sum(one.person == hook.person for one in self.all()) >= most:
                raise Conflict(f"You have {most} webhooks, and that is the most: delete one.")
            actions = [self._table.put_new(webhook_items.from_webhook(hook)), mark]
            try:
                receipts.together(self._table, actions, receipt)
            except Cancelled as cancelled:
                if CONDITION_FAILED not in cancelled.codes:
                    raise
            else:
                return

    def _mark(self, hook: Webhook) -> Item:
        """The action that notes this as the last that its owner made, if none was since now."""
        key, noted = webhook_keys.made_by(hook.person), {"webhook_id": hook.webhook_id}
        last = self._table.get(key)
        if last is None:
            return self._table.put_new(key | noted)
        return self._table.set_known(key, noted, {"webhook_id": last["webhook_id"]})

    def get(self, webhook_id: str) -> Webhook | None:
        item = self._table.get(webhook_keys.webhook(webhook_id))
        return None if item is None else webhook_items.to_webhook(item)

    def all(self, after: str | None = None, page: int | None = None) -> Iterator[Webhook]:
        start = None if after is None else webhook_keys.webhook(after)
        rows = self._table.query(webhook_keys.WEBHOOKS, after=start, page=page)
        return map(webhook_items.to_webhook, rows)

    def update(self, before: Webhook, after: Webhook, receipt: Receipt | None = None) -> None:
        """Sets what differs alone: whoever sends notes meanwhile how the receiver does."""
        old, new = webhook_items.from_webhook(before), webhook_items.from_webhook(after)
        changed = {name: value for name, value in new.items() if value != old[name]}
        held = ("webhook_id", "secrets", "modified_at", "disabled", "failing_since")
        known = {name: old[name] for name in held}
        action = self._table.set_known(webhook_keys.webhook(before.webhook_id), changed or known, known)
        with refused_as(Conflict("The webhook was changed or deleted meanwhile; read it again.")):
            receipts.together(self._table, [action], receipt)

    def note_health(self, before: Webhook, after: Webhook, told: PolicyEvent | None = None) -> bool:
        """How the receiver does, and what is to be told of it.

        Nothing, and False, where it was noted otherwise meanwhile, or the webhook changed.
        """
        named = ("failing_since", "failures", "resume_at", "disabled", "modified_at")
        old, new = webhook_items.from_webhook(before), webhook_items.from_webhook(after)
        values, known = {name: new[name] for name in named}, {name: old[name] for name in named}
        noted = self._table.set_known(webhook_keys.webhook(before.webhook_id), values, known)
        try:
            if told is None:
                self._table.write(noted)
            else:
                self._table.insist([noted, self._table.put_new(policy_items.from_event(told))])
        except Cancelled:
            return False
        return True

    def delete(self, webhook_id: str, receipt: Receipt | None = None) -> None:
        """Its deliveries are forgotten in time; nothing is sent for a webhook that is gone."""
        with refused_as(NotFound("webhook", webhook_id)):
            action = self._table.delete_existing(webhook_keys.webhook(webhook_id))
            receipts.together(self._table, [action], receipt)

    def deliveries(self, webhook_id: str, before: str | None, page: int) -> Iterator[Delivery]:
        start = None if before is None else webhook_keys.delivery(webhook_id, before)
        partition = webhook_keys.of_webhook(webhook_id)
        rows = self._table.query(
            partition, prefix=webhook_keys.DELIVERY_PREFIX, after=start, newest_first=True, page=page
        )
        return map(webhook_items.to_delivery, rows)

    def between(self, webhook_id: str, start: str, end: str) -> Iterator[Delivery]:
        between = tuple(webhook_keys.delivery(webhook_id, one)[keys.SORT] for one in (start, end))
        rows = self._table.query(webhook_keys.of_webhook(webhook_id), between=(between[0], between[1]))
        return map(webhook_items.to_delivery, rows)

    def delivery(self, webhook_id: str, delivery_id: str) -> Delivery | None:
        item = self._table.get(webhook_keys.delivery(webhook_id, delivery_id))
        return None if item is None else webhook_items.to_delivery(item)

    def send(self, deliveries: Sequence[tuple[str, Delivery]]) -> None:
        """Store each, then its place in its lane; what is there already stays as it is.

        One after the other: who finds a place finds what it names, and all that is before it.
        """
        for place, delivery in deliveries:
            with suppress(Cancelled):  # told before; its place may not have been stored then
                self._table.write(self._table.put_new(webhook_items.from_delivery(delivery)))
            self._table.write(self._table.put(self._place(place, delivery)))

    def send_again(self, deliveries: Sequence[tuple[str, Delivery]], receipt: Receipt | None = None) -> None:
        """As new, behind whatever waits in their lanes; the receipt comes with the last.

        Conflict for one that somebody has sent again later than this: its place would wait for ever.
        """
        for number, (place, delivery) in enumerate(deliveries, start=1):
            item = webhook_items.from_delivery(delivery)
            told = receipt if number == len(deliveries) else None
            waiting = self._place(place, delivery) | {"begun_at": item["begun_at"]}
            actions = [self._put_later(item), self._table.put(waiting)]
            try:
                receipts.together(self._table, actions, told)
            except Cancelled as cancelled:
                raise Conflict(
                    f"'{delivery.delivery_id}' was sent again meanwhile; look at its attempts."
                ) from cancelled

    def _put_later(self, item: Item) -> Item:
        action = self._table.put(item)["Put"]
        condition = "attribute_not_exists(begun_at) OR begun_at <= :begun_at"
        values = {":begun_at": item["begun_at"]}
        return {"Put": action | {"ConditionExpression": condition, "ExpressionAttributeValues": values}}

    def next_in(self, webhook_id: str, lane: str) -> tuple[str, Delivery | None] | None:
        """The first that waits in a lane, by its place; None for none. It may be forgotten by now.

        Also None where it is only being stored: reads may see a transaction item by item.
        """
        partition, prefix = webhook_keys.of_webhook(webhook_id), webhook_keys.lane_prefix(lane)
        row = next(self._table.query(partition, prefix=prefix, page=1), None)
        if row is None:
            return None
        delivery = self.delivery(webhook_id, row["delivery_id"])
        begun_at = time_of(row["begun_at"]) if "begun_at" in row else None
        if begun_at and (delivery is None or delivery.begun_at < begun_at):
            return None  # whoever stores it wakes us when that is done
        return row[keys.SORT], delivery

    def claim(self, delivery: Delivery, now: datetime) -> bool:
        """Whether nobody else is at work on it, or has tried it since it was read."""
        key = webhook_keys.delivery(delivery.webhook_id, delivery.delivery_id)
        update = {
            "TableName": self._table.name,
            "Key": key,
            "UpdateExpression": "SET #c = :until",
            "ConditionExpression": (
                "#s = :pending AND #a = :attempts AND (attribute_not_exists(#c) OR #c <= :now)"
            ),
            "ExpressionAttributeNames": {"#a": "attempts", "#c": "claimed", "#s": "state"},
            "ExpressionAttributeValues": {
                ":until": _until(now),
                ":attempts": delivery.attempts,
                ":now": int(now.timestamp()),
                ":pending": str(DeliveryState.PENDING),
            },
        }
        return self._table.written({"Update": update})

    def note(self, delivery: Delivery, claimed_at: datetime) -> bool:
        """What became of an attempt; the claim ends with it. Nothing, and False, for who has it no more."""
        key = webhook_keys.delivery(delivery.webhook_id, delivery.delivery_id)
        values = {**webhook_items.outcome(delivery), "state": str(delivery.state), "claimed": 0}
        # It may have been claimed anew in the same second, when it is to be sent again.
        known = {"claimed": _until(claimed_at), "begun_at": time_text(delivery.begun_at)}
        return self._table.written(self._table.set_known(key, values, known))

    def leave(self, webhook_id: str, place: str) -> None:
        """It waits no longer."""
        self._table.write(self._table.delete(webhook_keys.webhook_item(webhook_id, place)))

    def _place(self, place: str, delivery: Delivery) -> dict[str, object]:
        item = webhook_items.from_delivery(delivery)
        return {
            **webhook_keys.waiting(delivery.webhook_id, delivery.lane, place),
            keys.EXPIRES: item[keys.EXPIRES],
            "delivery_id": delivery.delivery_id,
        }


def _until(claimed_at: datetime) -> int:
    return int((claimed_at + AT_WORK).timestamp())
