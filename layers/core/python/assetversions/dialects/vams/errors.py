"""Errors as VAMS answers them: a status and `{"message": …}` (sources: `docs/api/vams.md`)."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import USUAL, status_of
from assetversions.domain import errors

_STATUS = {**USUAL, errors.Busy: 503, errors.TooMany: 429}


def error(problem: Exception) -> Reply:
    """VAMS answers an unknown version with 400; what we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return Reply(500, {"message": "Internal Server Error"})
    status = status_of(problem, _STATUS)
    if isinstance(problem, errors.NotFound) and problem.kind == "version":
        status = 400
    body: dict[str, Any] = {"message": problem.message}
    if isinstance(problem, errors.Incomplete):
        results = [
            {"relativeKey": path, "success": False, "error": why} for path, why in problem.problems.items()
        ]
        body |= {"fileResults": results, "overallSuccess": False}
    headers = {"Retry-After": "1"} if isinstance(problem, errors.Busy) else {}
    return Reply(status, body, headers)
