"""The world outside, as far as contents may be fetched from it."""

from typing import Protocol

from msgspec import Struct


class Fetched(Struct, frozen=True):
    """`media_type` is what was said of the bytes, without parameters; empty where nothing was."""

    data: bytes
    media_type: str


class Imports(Protocol):
    @property
    def allowed(self) -> bool:
        """Whether the stage lets contents be fetched."""

    def fetch(self, url: str) -> Fetched:
        """Unprocessable, about `content.content`, where nothing that may be taken comes of it."""
