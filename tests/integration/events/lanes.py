"""The queues behind what goes out, and their functions, in a time that tests move on."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from assetversions.runtime import wiring
from assetversions.runtime.delivering import handler
from assetversions.storage.webhooks import LaneQueue
from botocore.exceptions import ClientError

from tests.support.lambda_client import Context

now = wiring.now


@dataclass
class Later:
    """`later` is how far the clock is ahead of the machine's; `url` names the queue."""

    url: str
    deliver: Callable[[Any], None]
    later: timedelta = timedelta()
    messages: list[tuple[timedelta, str]] = field(default_factory=list)

    def now(self) -> Any:
        return now() + self.later

    def send_message(self, QueueUrl: str, MessageBody: str, DelaySeconds: int) -> None:
        assert QueueUrl == self.url
        assert 0 <= DelaySeconds <= 900
        self.messages.append((self.later + timedelta(seconds=DelaySeconds), MessageBody))

    def run(self, until: timedelta | None = None, call: Callable[[Any], None] | None = None) -> None:
        """Work on messages as they are due, and move the clock on to each; all, or those until then."""
        for _ in range(10_000):
            self.messages.sort(key=lambda one: one[0])
            if not self.messages or (until is not None and self.messages[0][0] > until):
                self.later = max(self.later, until or self.later)
                return
            due, body = self.messages.pop(0)
            self.later = max(self.later, due)
            (call or self.deliver)({"Records": [{"body": body}]})
        raise AssertionError(f"It does not end: {self.messages[:3]}")


class Lanes(Later):
    """The queue of lanes."""

    def __init__(self) -> None:
        super().__init__("lanes", deliver)

    def queue(self) -> LaneQueue:
        return LaneQueue(lambda: self, lambda: "lanes")

    def lanes(self) -> list[Any]:
        return [json.loads(body) for _, body in self.messages]


def deliver(event: Any) -> None:
    handler(event, Context())


class Kms:
    """Seals by writing backwards; what was sealed for one thing opens for no other."""

    def encrypt(self, Plaintext: bytes, EncryptionContext: dict[str, str], **_how: str) -> dict[str, bytes]:
        context = json.dumps(EncryptionContext).encode()
        return {"CiphertextBlob": context + b"|" + base64.b64encode(Plaintext)[::-1]}

    def decrypt(
        self, CiphertextBlob: bytes, EncryptionContext: dict[str, str], **_how: str
    ) -> dict[str, bytes]:
        context, _, sealed = CiphertextBlob.partition(b"|")
        if context.decode() != json.dumps(EncryptionContext):
            raise ClientError({"Error": {"Code": "InvalidCiphertextException"}}, "Decrypt")
        return {"Plaintext": base64.b64decode(sealed[::-1])}
