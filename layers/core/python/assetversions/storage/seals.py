"""What only KMS can open again, each for one thing of a `kind`, so that no other's record opens it."""

import base64
from collections.abc import Callable
from functools import cached_property
from typing import Any

# A container opens each once.
_KEPT = 1_000


class Seals:
    """The client comes to life with its first use."""

    def __init__(self, client: Callable[[], Any], key: Callable[[], str], kind: str = "webhook") -> None:
        self._make = client
        self._key = key
        self._kind = kind
        self._opened: dict[tuple[str, str], str] = {}

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def seal(self, name: str, secret: str) -> str:
        sealed = self._client.encrypt(
            KeyId=self._key(), Plaintext=secret.encode(), EncryptionContext={self._kind: name}
        )
        return base64.b64encode(sealed["CiphertextBlob"]).decode()

    def open(self, name: str, sealed: str) -> str:
        """As it was sealed."""
        known = name, sealed
        if known not in self._opened:
            if len(self._opened) >= _KEPT:
                self._opened.clear()
            found = self._client.decrypt(
                KeyId=self._key(),
                CiphertextBlob=base64.b64decode(sealed),
                EncryptionContext={self._kind: name},
            )
            self._opened[known] = found["Plaintext"].decode()
        return self._opened[known]
