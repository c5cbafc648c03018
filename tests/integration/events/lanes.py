"""The queue of lanes, and the function behind it, in a time that tests move on."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from assetversions.runtime import wiring
from assetversions.runtime.delivering import handler
from assetversions.storage.webhooks import LaneQueue

from tests.support.lambda_client import Context

now = wiring.now


@dataclass
class Lanes:
    """`later` is how far the clock is ahead of the machine's."""

    later: timedelta = timedelta()
    messages: list[tuple[timedelta, str]] = field(default_factory=list)

    def now(self) -> Any:
        return now() + self.later

    def queue(self) -> LaneQueue:
        return LaneQueue(lambda: self, lambda: "lanes")

    def send_message(self, QueueUrl: str, MessageBody: str, DelaySeconds: int) -> None:
        assert QueueUrl == "lanes"
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
            (call or deliver)({"Records": [{"body": body}]})
        raise AssertionError(f"It does not end: {self.messages[:3]}")

    def lanes(self) -> list[Any]:
        return [json.loads(body) for _, body in self.messages]


def deliver(event: Any) -> None:
    handler(event, Context())


class Kms:
    """Seals by writing backwards; what was sealed for one webhook opens for no other."""

    def encrypt(self, Plaintext: bytes, EncryptionContext: dict[str, str], **_how: str) -> dict[str, bytes]:
        context = EncryptionContext["webhook"].encode()
        return {"CiphertextBlob": context + b"|" + base64.b64encode(Plaintext)[::-1]}

    def decrypt(
        self, CiphertextBlob: bytes, EncryptionContext: dict[str, str], **_how: str
    ) -> dict[str, bytes]:
        context, _, sealed = CiphertextBlob.partition(b"|")
        assert context.decode() == EncryptionContext["webhook"], "sealed for another one"
        return {"Plaintext": base64.b64decode(sealed[::-1])}
