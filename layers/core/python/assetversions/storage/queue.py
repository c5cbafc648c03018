"""A queue of SQS: messages for functions, held back for a while where that is wanted."""

from collections.abc import Callable
from math import ceil
from typing import Any

from assetversions.storage.on_demand import OnDemand

# As long as SQS holds a message back.
LONGEST_DELAY = 900


class Queue(OnDemand):
    """Most requests never send a message."""

    def __init__(self, client: Callable[[], Any], url: Callable[[], str]) -> None:
        super().__init__(client)
        self._url = url

    def send(self, body: str, seconds: float = 0) -> None:
        """Held back for so many seconds, or for as many as SQS holds one back at most."""
        delay = min(max(ceil(seconds), 0), LONGEST_DELAY)
        self._client.send_message(QueueUrl=self._url(), MessageBody=body, DelaySeconds=delay)
