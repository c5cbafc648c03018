"""Errors as Disguise answers them: `{"error": {"message", "details"}}`, by field where input is wrong."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import USUAL, status_of
from assetversions.dialects.common.times import microseconds
from assetversions.dialects.common.words import UNARCHIVE, in_words
from assetversions.domain import errors

NOT_FOUND = {
    "database": "Drive not found",
    "asset": "Content not found",
    "version": "Version not found",
    "upload": "Upload not found",
}
NEXT = UNARCHIVE | {"route": "docs/api/disguise.md has those that there are."}
# Inferred, both: the vendor's page shows neither.
INVALID = "The given data was invalid."
UNEXPECTED = "Something went wrong on our side."

# What the core calls otherwise than this API's paths do.
_FIELDS = {
    "version": "version_id",
    "upload": "upload_uuid",
    "files": "content_id",
    "files.0.relativeKey": "content_id",
}

_STATUS = {**USUAL, errors.Invalid: 422}
# After which the same request may be sent again.
PAUSE = timedelta(seconds=1)


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return _reply(500, UNEXPECTED, UNEXPECTED)
    status = status_of(problem, _STATUS)
    if isinstance(problem, errors.Incomplete):
        return _reply(status, INVALID, {"upload_uuid": list(problem.problems.values())})
    if isinstance(problem, errors.Invalid):
        details = {_FIELDS.get(field, field): [text] for field, text in problem.problems.items()}
        return _reply(status, INVALID, details)
    message = in_words(problem, {}, NEXT)
    if isinstance(problem, errors.NotFound):
        message = NOT_FOUND.get(problem.kind, message)
    return _reply(status, message, message, _limited() if isinstance(problem, errors.Busy) else {})


def _limited() -> dict[str, str]:
    """As the vendor tells of its rate limit; there is none here, but there may be too much to do."""
    return {
        "Retry-After": f"{PAUSE.seconds}",
        "X-RateLimit-Ring3-Status": "LIMITED",
        "X-RateLimit-Ring3-Reset": microseconds(now() + PAUSE),
    }


def now() -> datetime:
    return datetime.now(UTC)


def _reply(status: int, message: str, details: Any, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, {"error": {"message": message, "details": details}}, headers or {})
