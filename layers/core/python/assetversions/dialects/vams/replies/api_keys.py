"""API tokens as VAMS shows its API keys."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.pages import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain import api_tokens
from assetversions.domain.policy import ApiToken
from assetversions.domain.results.access import Changed, Listing, NewToken


def created(made: NewToken) -> Reply:
    return Reply(200, _row(made.token) | {"apiKey": made.secret})


def keys(found: Listing[ApiToken]) -> Reply:
    return items([_row(token) for token in found.items], found.cursor)


def key(found: ApiToken) -> Reply:
    return Reply(200, _row(found))


def updated(changed: Changed[ApiToken]) -> Reply:
    return Reply(200, _row(changed.thing))


def deleted(changed: Changed[ApiToken]) -> Reply:
    return Reply(200, {"apiKeyId": _uuid(changed.thing), "message": "API key deleted"})


def _row(token: ApiToken) -> Body:
    return {
        "apiKeyId": _uuid(token),
        "apiKeyName": token.name,
        "userId": token.user,
        "description": token.description,
        "isActive": "true" if token.active else "false",
        "expiresAt": text(token.expires_at),
        "createdBy": token.created_by,
        "createdAt": text(token.created_at),
        "updatedAt": text(token.updated_at or token.created_at),
    }


def _uuid(token: ApiToken) -> str | None:
    return api_tokens.uuid(token.token_id)
