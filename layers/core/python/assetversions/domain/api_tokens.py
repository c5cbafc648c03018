"""API tokens as text: `avt_{person}.{random id}_{secret}`, drawn at random, shown once, kept as a digest."""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

PREFIX = "avt_"
_ID_BYTES = 10
_SECRET_BYTES = 32
_ID = re.compile(rf"([\x21-\x7e]{{1,128}})\.[0-9a-f]{{{2 * _ID_BYTES}}}")
_TOKEN = re.compile(rf"{PREFIX}({_ID.pattern})_[0-9a-f]{{{2 * _SECRET_BYTES}}}")


class Drawn(NamedTuple):
    token_id: str
    token: str


def draw(person: str) -> Drawn:
    """A new token: 256 random bits behind an id that tells whose it is, and so where it is kept."""
    token_id = f"{person}.{secrets.token_hex(_ID_BYTES)}"
    return Drawn(token_id, f"{PREFIX}{token_id}_{secrets.token_hex(_SECRET_BYTES)}")


def digest(token: str) -> str:
    """The secret has 256 random bits, so one fast hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_id(token: str) -> str | None:
    """The id in what looks like one of our tokens."""
    found = _TOKEN.fullmatch(token)
    return found and found[1]


def person(token_id: str) -> str | None:
    """Whose token has this id; None for what is no such id."""
    found = _ID.fullmatch(token_id)
    return found and found[1]


def matches(token: str, kept: str) -> bool:
    return hmac.compare_digest(digest(token), kept)
