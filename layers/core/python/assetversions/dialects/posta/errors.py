"""Errors as Posta answers them: RFC 9457 problems, `errors` by the path of what is wrong."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import PHRASES, USUAL, status_of
from assetversions.dialects.common.words import UNARCHIVE, in_words
from assetversions.domain import errors

# RFC 9457: a problem that is no more than its status has this type.
TYPE = "about:blank"

WORDS = {"operation": "job"}
NEXT = UNARCHIVE | {
    "asset": "GET /posta/assets lists those that you may read.",
    "version": "GET /assets/{assetId}/versions lists them; includeArchived adds archived ones.",
    "job": "The Location of the reply that began it leads there.",
    "archived version": "clone it.",
    "route": "docs/api/posta.md has those that there are.",
}
_STATUS = {**USUAL, errors.Unprocessable: 422}


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return _reply(500, "Something went wrong on our side.", {})
    status = status_of(problem, _STATUS)
    wrong = problem.problems if isinstance(problem, errors.Invalid) else {}
    reply = _reply(status, in_words(problem, WORDS, NEXT), wrong)
    if isinstance(problem, errors.Busy):
        return Reply(status, reply.body, {**reply.headers, "Retry-After": "1"})
    return reply


def _reply(status: int, detail: str, wrong: dict[str, str]) -> Reply:
    body = {
        "type": TYPE,
        "title": PHRASES[status],
        "status": status,
        "detail": detail,
        "errors": wrong,
    }
    return Reply(status, body, {"Content-Type": "application/problem+json"})
