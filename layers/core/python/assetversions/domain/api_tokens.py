"""API tokens as text: drawn at random, shown once, kept as a digest.

Ours is `avt_{person}.{id}_{secret}`, VAMS's `vams_` with 64 characters that hold the same id and secret. The
id is a UUID without its hyphens; tokens of before have a shorter one.
"""

import base64
import hashlib
import hmac
import re
import secrets
from typing import NamedTuple
from uuid import UUID, uuid4

PREFIX, VAMS_PREFIX = "avt_", "vams_"
_SECRET_BYTES = 32
_UUID_BYTES = 16
_ID = re.compile(r"([\x21-\x7e]{1,128})\.(?:[0-9a-f]{32}|[0-9a-f]{20})")
_TOKEN = re.compile(rf"{PREFIX}({_ID.pattern})_[0-9a-f]{{{2 * _SECRET_BYTES}}}")
_VAMS_TOKEN = re.compile(rf"{VAMS_PREFIX}([A-Za-z0-9_-]{{64}})")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Drawn(NamedTuple):
    token_id: str
    token: str


def draw(person: str, *, as_vams: bool = False) -> Drawn:
    """A new token: 256 random bits behind an id that tells whose it is, and so where it is kept."""
    drawn, secret = uuid4(), secrets.token_bytes(_SECRET_BYTES)
    token_id = f"{person}.{drawn.hex}"
    if as_vams:
        return Drawn(token_id, VAMS_PREFIX + base64.urlsafe_b64encode(drawn.bytes + secret).decode())
    return Drawn(token_id, f"{PREFIX}{token_id}_{secret.hex()}")


def digest(token: str) -> str:
    """The secret has 256 random bits, so one fast hash is enough: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_id(token: str) -> str | None:
    """The id in what looks like one of our tokens; of one in VAMS's shape its UUID alone."""
    if found := _VAMS_TOKEN.fullmatch(token):
        return str(UUID(bytes=base64.urlsafe_b64decode(found[1])[:_UUID_BYTES]))
    found = _TOKEN.fullmatch(token)
    return found and found[1]


def person(token_id: str) -> str | None:
    """Whose token has this id; None for what is no such id."""
    found = _ID.fullmatch(token_id)
    return found and found[1]


def uuid(token_id: str) -> str | None:
    """The UUID in an id, or that is one; None for any other."""
    if _UUID.fullmatch(token_id):
        return token_id
    drawn = token_id.rpartition(".")[2]
    return str(UUID(drawn)) if _ID.fullmatch(token_id) and len(drawn) == 2 * _UUID_BYTES else None


def matches(token: str, kept: str) -> bool:
    return hmac.compare_digest(digest(token), kept)
