"""What only KMS can open again, each for one thing of a `kind`, so that no other's record opens it."""

import base64
from collections.abc import Callable
from typing import Any

from assetversions.storage.on_demand import OnDemand

# A container opens each once.
_KEPT = 1_000


class Seals(OnDemand):
    """By one key, for one kind of thing."""

    def __init__(self, client: Callable[[], Any], key: Callable[[], str], kind: str = "webhook") -> None:
        super().__init__(client)
        self._key = key
        self._kind = kind
        self._opened: dict[tuple[str, str], str] = {}

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
