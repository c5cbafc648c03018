"""Messages about versions that make themselves: most requests never send one."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from assetversions.runtime.environment import setting


class Turns:
    """The client comes to life with its first use."""

    def __init__(self, client: Callable[[], Any]) -> None:
        self._client = client

    @cached_property
    def _queue(self) -> Any:
        return self._client()

    def send(self, body: str, seconds: int) -> None:
        self._queue.send_message(QueueUrl=setting("TURNS_URL"), MessageBody=body, DelaySeconds=seconds)
