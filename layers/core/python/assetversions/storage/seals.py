"""Secrets that are kept: KMS seals them, for one webhook each, so that no other's record opens them."""

import base64
from collections.abc import Callable
from functools import cached_property
from typing import Any

# A container opens each once.
_KEPT = 1_000


class Seals:
    """The client comes to life with its first use."""

    def __init__(self, client: Callable[[], Any], key: Callable[[], str]) -> None:
        self._make = client
        self._key = key
        self._opened: dict[tuple[str, str], str] = {}

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def seal(self, webhook_id: str, secret: str) -> str:
        sealed = self._client.encrypt(
            KeyId=self._key(), Plaintext=secret.encode(), EncryptionContext={"webhook": webhook_id}
        )
        return base64.b64encode(sealed["CiphertextBlob"]).decode()

    def open(self, webhook_id: str, sealed: str) -> str:
        """As it was drawn."""
        known = webhook_id, sealed
        if known not in self._opened:
            if len(self._opened) >= _KEPT:
                self._opened.clear()
            found = self._client.decrypt(
                KeyId=self._key(),
                CiphertextBlob=base64.b64decode(sealed),
                EncryptionContext={"webhook": webhook_id},
            )
            self._opened[known] = found["Plaintext"].decode()
        return self._opened[known]
