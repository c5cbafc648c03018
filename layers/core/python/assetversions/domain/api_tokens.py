"""API tokens as text: `avt_{token id}_{secret}`, drawn at random, shown once, kept as a digest."""

import hashlib
import hmac
import secrets
from typing import NamedTuple

PREFIX = "avt_"
_ID_BYTES = 10
_SECRET_BYTES = 32


class Drawn(NamedTuple):
    token_id: str
    token: str


def draw() -> Drawn:
    """A new token: 256 random bits behind a random id."""
    token_id = secrets.token_hex(_ID_BYTES)
    return Drawn(token_id, f"{PREFIX}{token_id}_{secrets.token_hex(_SECRET_BYTES)}")


def digest(token: str) -> str:
    """The secret has 256 random bits, so one fast hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_id(token: str) -> str | None:
    """The id in what looks like one of our tokens."""
    parts = token.removeprefix(PREFIX).split("_")
    fits = token.startswith(PREFIX) and token.isascii() and len(parts) == 2
    return parts[0] if fits and len(parts[0]) == 2 * _ID_BYTES else None


def matches(token: str, kept: str) -> bool:
    return hmac.compare_digest(digest(token), kept)
