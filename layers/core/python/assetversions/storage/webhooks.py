"""The webhooks with what they take beside the table: seals for secrets, and a queue of lanes to look at."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from math import ceil
from typing import Any

from assetversions.domain.once import Receipt
from assetversions.domain.webhooks import Delivery
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.webhooks import DynamoWebhooks
from assetversions.storage.seals import Seals

# As long as SQS holds a message back.
LONGEST_DELAY = 900

Lane = tuple[str, str]


class LaneQueue:
    """A message says: something may wait in this lane of this webhook. A doubled one does no harm."""

    def __init__(self, client: Callable[[], Any], url: Callable[[], str]) -> None:
        self._make = client
        self._url = url

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def wake(self, lanes: Iterable[Lane], seconds: float = 0) -> None:
        """Each once, as late as that, or as SQS holds it back for at most: who is woken early waits anew."""
        delay = min(max(ceil(seconds), 0), LONGEST_DELAY)
        for webhook, lane in dict.fromkeys(lanes):
            body = json.dumps({"webhook": webhook, "lane": lane})
            self._client.send_message(QueueUrl=self._url(), MessageBody=body, DelaySeconds=delay)


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
