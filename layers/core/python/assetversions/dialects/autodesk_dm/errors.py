"""Errors as Data Management answers them: JSON:API error objects, one for each thing that is wrong."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from assetversions.dialects.autodesk_dm.documents import document
from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import PHRASES, USUAL, status_of
from assetversions.dialects.common.words import UNARCHIVE, in_words
from assetversions.domain import errors

# The vendor's page knows 400 only for what must be changed before it is sent again, so there is no 422.
_STATUS = {**USUAL, errors.KeyReused: 400}

WORDS = {"database": "project", "asset": "item", "operation": "job"}
NEXT = UNARCHIVE | {
    "project": "A project is a database: GET /database lists those that you may read.",
    "item": "GET /database/{databaseId}/assets/{assetId} tells its project and its item, as ids.autodesk_dm.",
    "version": "GET …/items/{item_id}/versions lists those of an item.",
    "version of item": "POST /database/{databaseId}/assets/{assetId}/createVersion makes the first one.",
    "job": "The Location of the reply that began it leads there.",
    "route": "docs/api/autodesk_dm.md has those that there are.",
}

# Inferred.
CODES = {
    400: "BAD_INPUT",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "TOO_LARGE",
    429: "TOO_MANY_REQUESTS",
    500: "INTERNAL_ERROR",
}

_PARAMETER = re.compile(r"copyFrom|(?:page|filter)\[[\w.]+\](?:-\w+)?|includePathInProject")
_BODY = re.compile(r"body|data(?:\.\w+)*")


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return _reply(500, [_error(500, "Something went wrong on our side.")])
    status = status_of(problem, _STATUS)
    if isinstance(problem, errors.Invalid):
        wrong = problem.problems.items()
        return _reply(status, [_error(status, f"{field}: {why}", _source(field)) for field, why in wrong])
    return _reply(status, [_error(status, in_words(problem, WORDS, NEXT))])


def _reply(status: int, found: list[dict[str, Any]]) -> Reply:
    return document(status, {"errors": found}, {"Retry-After": "1"} if status == 429 else {})


def _error(status: int, detail: str, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """The id is drawn from what the error says: the same problem has the same id."""
    facts = {
        "id": str(uuid5(NAMESPACE_URL, f"{CODES[status]} {detail}")),
        "status": str(status),
        "code": CODES[status],
        "title": PHRASES[status],
        "detail": detail,
    }
    return facts | ({"source": source} if source else {})


def _source(field: str) -> dict[str, str] | None:
    """Where the problem is: a query parameter, or a pointer into the body; JSON:API has no word for more."""
    if found := _PARAMETER.match(field):
        return {"parameter": found[0]}
    if _BODY.fullmatch(field):
        return {"pointer": "" if field == "body" else "/" + field.replace(".", "/")}
    return None
