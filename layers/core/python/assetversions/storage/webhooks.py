"""The webhooks with what they take beside the table: seals for secrets, and a queue of lanes to look at."""

import json
from collections.abc import Iterable, Sequence

from assetversions.domain.once import Receipt
from assetversions.domain.webhooks import Delivery
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.webhooks import DynamoWebhooks
from assetversions.storage.queue import Queue
from assetversions.storage.seals import Seals

Lane = tuple[str, str]


class LaneQueue(Queue):
    """A message says: something may wait in this lane of this webhook. A doubled one does no harm."""

    def wake(self, lanes: Iterable[Lane], seconds: float = 0, again: bool = False) -> None:
        """Each once, as late as that, or as SQS holds it back for at most: who is woken early waits anew.

        `again` says that the first in the lane waits, and this is what comes back for it.
        """
        for webhook, lane in dict.fromkeys(lanes):
            self.send(json.dumps({"webhook": webhook, "lane": lane, "again": again}), seconds)


class Webhooks(DynamoWebhooks):
    """The `Webhooks` port."""

    def __init__(self, table: Table, seals: Seals, queue: LaneQueue, loopback: bool) -> None:
        super().__init__(table)
        self._seals = seals
        self._queue = queue
        self.loopback = loopback

    def seal(self, webhook_id: str, secret: str) -> str:
        return self._seals.seal(webhook_id, secret)

    def send(self, deliveries: Sequence[tuple[str, Delivery]]) -> None:
        super().send(deliveries)
        self._wake(deliveries)

    def send_again(self, deliveries: Sequence[tuple[str, Delivery]], receipt: Receipt | None = None) -> None:
        super().send_again(deliveries, receipt)
        self._wake(deliveries)

    def wake(self, delivery: Delivery) -> None:
        self._queue.wake([(delivery.webhook_id, delivery.lane)])

    def _wake(self, deliveries: Sequence[tuple[str, Delivery]]) -> None:
        """Only now: whoever is woken finds what was stored."""
        self._queue.wake((one.webhook_id, one.lane) for _, one in deliveries)
