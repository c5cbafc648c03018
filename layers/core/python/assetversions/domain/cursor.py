"""Opaque paging cursors that belong to one listing: another asset's, or a tampered one, is refused.

A cursor grants nothing (every page is authorised anew), so its check needs no secret. So anybody can make one
up: whatever is in it is looked at before it becomes a key.
"""

import base64
import binascii
import hashlib
import json

from assetversions.domain.errors import Invalid
from assetversions.domain.ids import MAX_NUMBER

_CHECK_BYTES = 9


def seal(scope: str, position: str | int) -> str:
    """A cursor for `position` in the listing that `scope` names."""
    payload = json.dumps(position).encode()
    return base64.urlsafe_b64encode(_check(scope, payload) + payload).decode().rstrip("=")


def unseal_text(scope: str, cursor: str, field: str, most_bytes: int) -> str:
    """The position in a cursor that `seal` made for the same scope; Invalid otherwise."""
    position = _unseal(scope, cursor, field)
    if isinstance(position, str) and 0 < len(position.encode()) <= most_bytes:
        return position
    raise refused(field)


def unseal_number(scope: str, cursor: str, field: str) -> int:
    """The same, of a list that goes by the numbers of versions."""
    position = _unseal(scope, cursor, field)
    if type(position) is int and 0 <= position <= MAX_NUMBER:
        return position
    raise refused(field)


def _unseal(scope: str, cursor: str, field: str) -> object:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    check, payload = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    canonical = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if not payload or check != _check(scope, payload) or canonical != cursor:
        raise refused(field)
    try:
        position: object = json.loads(payload)
        json.dumps(position, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise refused(field) from error
    return position


def refused(field: str) -> Invalid:
    """What is told of a cursor that nobody was given."""
    return Invalid(field, "is not a cursor of this listing; start again without it.")


def _check(scope: str, payload: bytes) -> bytes:
    key = hashlib.sha256(scope.encode()).digest()
    return hashlib.blake2b(payload, key=key, digest_size=_CHECK_BYTES).digest()
