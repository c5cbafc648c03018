"""Errors as VAMS answers them: a status and `{"message": …}` (sources: `docs/api/vams.md`)."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import USUAL, status_of
from assetversions.domain import errors

_NEXT = {
    "database": "GET /database lists those that you may read; POST /database makes one.",
    "asset": "GET /database/{databaseId}/assets lists those that you may read; POST /assets makes one.",
    "version": "getVersions lists them; an alias like a number is named by assetVersionIdAlias.",
    "file": "listFiles lists the files, with includeArchived also those that are archived.",
    "upload": "POST /uploads begins one; it is its user's own, and ends after a day.",
    "operation": "The reply that accepted it has its id.",
    "subscription": "GET /subscriptions lists them; POST /subscriptions begins one.",
}
_STATUS = {**USUAL, errors.Busy: 503, errors.TooMany: 429}


def error(problem: Exception) -> Reply:
    """VAMS answers an unknown version with 400; what we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return Reply(500, {"message": "Internal Server Error"})
    status = status_of(problem, _STATUS)
    if isinstance(problem, errors.NotFound) and problem.kind == "version":
        status = 400
    body: dict[str, Any] = {"message": _said(problem)}
    if isinstance(problem, errors.Incomplete):
        results = [
            {"relativeKey": path, "success": False, "error": why} for path, why in problem.problems.items()
        ]
        body |= {"fileResults": results, "overallSuccess": False}
    headers = {"Retry-After": "1"} if isinstance(problem, errors.Busy) else {}
    return Reply(status, body, headers)


def _said(problem: errors.Error) -> str:
    """With what to do where a thing is not there; other errors say it themselves."""
    advice = _NEXT.get(problem.kind) if isinstance(problem, errors.NotFound) else None
    return f"{problem.message} {advice}" if advice else problem.message
