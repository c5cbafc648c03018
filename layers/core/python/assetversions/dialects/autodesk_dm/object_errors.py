"""Errors as Autodesk's storage answers them."""

from collections.abc import Mapping
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import USUAL, status_of
from assetversions.dialects.common.words import in_words
from assetversions.domain import errors

# By these words a client of Autodesk's knows that it needs another token.
EXPIRED = "Access token provided is invalid or expired."
_OBJECTS = "A version tells its bucket and its object in relationships.storage."
NEXT = {
    "bucket": _OBJECTS,
    "object": _OBJECTS,
    "route": "docs/api/autodesk_dm.md has those that there are.",
}
_STATUS = {**USUAL, errors.KeyReused: 400}


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return _reason(500, "Something went wrong on our side.")
    status = status_of(problem, _STATUS)
    reason = EXPIRED if status == 401 else in_words(problem, {}, NEXT)
    return _reason(status, reason, {"Retry-After": "1"} if status == 429 else {})


def _reason(status: int, reason: str, headers: Mapping[str, Any] | None = None) -> Reply:
    return Reply(status, {"reason": reason}, headers or {})
