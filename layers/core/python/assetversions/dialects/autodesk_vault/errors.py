"""Errors as Vault answers them."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import PHRASES, USUAL, status_of
from assetversions.domain import errors

_STATUS = {**USUAL, errors.KeyReused: 409}
WORDS = {"database": "vault", "asset": "item", "version": "item version"}


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return _reply(500, "Something went wrong on our side.", errors.Error.code)
    headers = {"Retry-After": "1"} if isinstance(problem, errors.Busy) else {}
    return _reply(status_of(problem, _STATUS), _in_words(problem), problem.code, headers)


def _in_words(problem: errors.Error) -> str:
    """What is not there, or not seen, as Vault calls it: the message begins with that."""
    if not isinstance(problem, errors.NotFound | errors.Hidden) or problem.kind not in WORDS:
        return problem.message
    return problem.message.replace(problem.kind, WORDS[problem.kind], 1)


def _reply(status: int, detail: str, code: str, headers: dict[str, str] | None = None) -> Reply:
    """Inferred: an `errorCode` is ours, a stable word for the kind of error."""
    body = {"title": PHRASES[status], "detail": detail, "statusCode": status, "errorCode": code}
    return Reply(status, body, headers or {})
