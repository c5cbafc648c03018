"""Webhooks and their deliveries, as the operations need them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assetversions.domain.once import Receipt
from assetversions.domain.webhooks import Delivery, Webhook


class Webhooks(Protocol):
    """`loopback` says that receivers may be on this machine. Every read is strongly consistent."""

    @property
    def loopback(self) -> bool: ...

    def seal(self, webhook_id: str, secret: str) -> str:
        """As it is kept: only what signs can open it."""

    def add(self, hook: Webhook, most: int, receipt: Receipt | None = None) -> None:
        """Conflict where its owner has as many as that."""

    def get(self, webhook_id: str) -> Webhook | None: ...

    def all(self, after: str | None = None, page: int | None = None) -> Iterator[Webhook]:
        """By id, beginning behind `after`."""

    def update(self, before: Webhook, after: Webhook, receipt: Receipt | None = None) -> None:
        """Store what differs; Conflict if it is gone, or was changed, disabled or found to fail meanwhile."""

    def delete(self, webhook_id: str, receipt: Receipt | None = None) -> None:
        """NotFound if it is gone."""

    def deliveries(self, webhook_id: str, before: str | None, page: int) -> Iterator[Delivery]:
        """Newest first, beginning below the id `before`."""

    def between(self, webhook_id: str, start: str, end: str) -> Iterator[Delivery]:
        """Oldest first, those whose ids are between two."""

    def delivery(self, webhook_id: str, delivery_id: str) -> Delivery | None: ...

    def send_again(self, deliveries: Sequence[tuple[str, Delivery]], receipt: Receipt | None = None) -> None:
        """As if new, behind what waits in their lanes in the order of these places; and wake who sends."""

    def wake(self, delivery: Delivery) -> None:
        """Have its lane looked at: whoever stored it may not have come to that."""
