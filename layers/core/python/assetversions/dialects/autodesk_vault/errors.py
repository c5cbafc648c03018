"""Errors as Vault answers them."""

from collections.abc import Mapping
from urllib.parse import quote

from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.statuses import PHRASES, USUAL, status_of
from assetversions.dialects.common.words import in_words
from assetversions.domain import errors

# All but the percent sign, which escapes what is not among them.
_PRINTABLE = "".join(chr(code) for code in range(32, 127) if code != 37)
_STATUS = {**USUAL, errors.KeyReused: 409}
WORDS = {"database": "vault", "asset": "item", "version": "item version", "thumbnail": "thumbnail of"}
_FILES = "GET /vaults/{vaultId}/item-versions/{id}/associated-files lists those of an item version."
NEXT = {
    "vault": "GET /AutodeskDM/Services/api/vault/v2/vaults lists those that you may read.",
    "item": "GET /vaults/{vaultId}/items lists those that you may read.",
    "item version": "GET /vaults/{vaultId}/items/{id}/versions lists those of an item.",
    "file": _FILES,
    "file version": _FILES,
    "thumbnail of": "It is there where the file has a preview: docs/api/vams.md says how to bring one.",
    "property definition": "GET /vaults/{vaultId}/property-definitions lists them.",
    "route": "docs/api/autodesk_vault.md has those that there are.",
}


def error(problem: Exception) -> Reply:
    """What we did not expect is a bare 500."""
    if not isinstance(problem, errors.Error):
        return worded(500, "Something went wrong on our side.", errors.Error.code)
    headers = {"Retry-After": "1"} if isinstance(problem, errors.Busy) else {}
    return worded(status_of(problem, _STATUS), in_words(problem, WORDS, NEXT), problem.code, headers)


def error_of_head(problem: Exception) -> Reply:
    """There is no body; a header takes nothing but ASCII."""
    told = error(problem)
    facts = {
        "x-vault-error-code": told.body["errorCode"],
        "x-vault-error-detail": quote(told.body["detail"], safe=_PRINTABLE),
    }
    return Reply(told.status, headers={**told.headers, **facts})


def worded(status: int, detail: str, code: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Inferred: an `errorCode` is ours, a stable word for the kind of error."""
    body = {"title": PHRASES[status], "detail": detail, "statusCode": status, "errorCode": code}
    return Reply(status, body, headers or {})
