"""Errors as VAMS answers them: a status and `{"message": …}` (sources: `docs/api/vams.md`)."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import USUAL, status_of
from assetversions.dialects.common.words import in_words
from assetversions.domain import errors

NEXT = {
    "database": "GET /database lists those that you may read; POST /database makes one.",
    "asset": "GET /database/{databaseId}/assets lists those that you may read; POST /assets makes one.",
    "version": "getVersions lists them; an alias like a number is named by assetVersionIdAlias.",
    "file": "listFiles lists those of now, or of an assetVersionId; includeArchived adds archived ones.",
    "upload": "POST /uploads begins one; it is its user's own, and ends after a day.",
    "operation": "The reply that accepted it has its id.",
    "API key": "GET /auth/api-keys lists them; POST /auth/api-keys makes one.",
    "subscription": "GET /subscriptions lists them; POST /subscriptions begins one.",
    "folder": "listFiles lists the files, with includeArchived also those that are archived.",
    "archived folder": "listFiles lists the files, with includeArchived also those that are archived.",
    "asset link": "GET /database/{databaseId}/assets/{assetId}/asset-links lists those of an asset.",
    "comment": "GET /comments/assets/{assetId} lists those of an asset.",
    "tag": "GET /tags lists them; POST /tags makes one.",
    "tag type": "GET /tag-types lists them; POST /tag-types makes one.",
    "API token": "GET /api-tokens lists them; POST /api-tokens makes one.",
    "role": "GET /roles lists them; POST /roles makes one.",
    "constraint": "GET /auth/constraints lists them; POST /auth/constraints/{constraintId} makes one.",
    "membership of user": "GET /user-roles lists them; POST /user-roles makes one.",
    "user": "Name one of the user pool.",
    "page": "GET /docs shows what there is; GET /openapi.json is the document of all APIs.",
    "webhook": "GET /webhooks lists yours; POST /webhooks makes one.",
    "delivery": "The list of the webhook's deliveries has it for some days.",
}
_STATUS = {**USUAL, errors.Busy: 503, errors.TooMany: 429}


def error(problem: Exception) -> Reply:
    """VAMS answers an unknown version or API key with 400; what we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return Reply(500, {"message": "Internal Server Error"})
    status = status_of(problem, _STATUS)
    if isinstance(problem, errors.NotFound) and problem.kind in {"version", "API key"}:
        status = 400
    body: dict[str, Any] = {"message": in_words(problem, {}, NEXT)}
    if isinstance(problem, errors.Incomplete):
        results = [
            {"relativeKey": path, "success": False, "error": why} for path, why in problem.problems.items()
        ]
        body |= {"fileResults": results, "overallSuccess": False}
    headers = {"Retry-After": "1"} if isinstance(problem, errors.Busy) else {}
    return Reply(status, body, headers)
