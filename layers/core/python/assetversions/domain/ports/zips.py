"""Archives beside the manifests, as jobs make them and callers get them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class Made(NamedTuple):
    """An archive that is there."""

    size: int
    at: datetime


class Zips(Protocol):
    """Each has a key, and is made in parts; whatever is written may be written again."""

    def find(self, key: str) -> Made | None:
        """None where there is none, or none yet."""

    def begin(self, key: str) -> str:
        """What its parts are sent to."""

    def send(self, key: str, upload: str, number: int, data: bytes) -> str:
        """The ETag of the part; all but the last have 5 MiB at least."""

    def complete(self, key: str, upload: str, etags: Sequence[str]) -> Made:
        """The archive is there, made of these parts in their order."""

    def link(self, key: str, name: str, seconds: int) -> str:
        """Where a browser saves it under this name, for so many seconds."""
