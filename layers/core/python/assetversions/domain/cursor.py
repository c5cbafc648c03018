"""Opaque paging cursors that belong to one listing: another asset's, or a tampered one, is refused.

A cursor grants nothing (every page is authorised anew), so its check needs no secret.
"""

import base64
import binascii
import hashlib
import json

from assetversions.domain.errors import Invalid

_CHECK_BYTES = 9


def seal(scope: str, position: str | int) -> str:
    """A cursor for `position` in the listing that `scope` names."""
    payload = json.dumps(position).encode()
    return base64.urlsafe_b64encode(_check(scope, payload) + payload).decode().rstrip("=")


def unseal(scope: str, cursor: str, field: str) -> str | int:
    """The position in a cursor that `seal` made for the same scope; Invalid otherwise."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    check, payload = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    canonical = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if not payload or check != _check(scope, payload) or canonical != cursor:
        raise Invalid(field, "is not a cursor of this listing; start again without it.")
    position: str | int = json.loads(payload)
    return position


def _check(scope: str, payload: bytes) -> bytes:
    key = hashlib.sha256(scope.encode()).digest()
    return hashlib.blake2b(payload, key=key, digest_size=_CHECK_BYTES).digest()
