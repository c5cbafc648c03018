"""API tokens as VAMS's API keys."""

from assetversions.dialects.common.http import Reply
from assetversions.dialects.vams.replies.versions import Body, items
from assetversions.dialects.vams.times import text
from assetversions.domain.policy import ApiToken
from assetversions.domain.results.access import Changed, Listing, NewToken


def created(made: NewToken) -> Reply:
    return Reply(200, _key(made.token) | {"apiKey": made.secret, "message": "API key created"})


def listed(found: Listing[ApiToken]) -> Reply:
    return items([_key(token) for token in found.items], found.cursor)


def one(token: ApiToken) -> Reply:
    return Reply(200, _key(token))


def updated(changed: Changed[ApiToken]) -> Reply:
    return Reply(200, _key(changed.thing) | {"message": "API key updated"})


def deleted(changed: Changed[ApiToken]) -> Reply:
    return Reply(200, {"apiKeyId": changed.thing.token_id, "message": "API key deleted"})


def _key(token: ApiToken) -> Body:
    """`isActive` is text, as VAMS has it."""
    return {
        "apiKeyId": token.token_id,
        "apiKeyName": token.name,
        "userId": token.user,
        "description": token.description,
        "createdBy": token.created_by,
        "createdAt": text(token.created_at),
        "updatedAt": text(token.updated_at or token.created_at),
        "expiresAt": text(token.expires_at),
        "isActive": str(token.active).lower(),
    }
