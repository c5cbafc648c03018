"""Requests about VAMS's API keys into commands about API tokens: they are the same things."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.domain import names
from assetversions.domain.commands.access import CreateApiToken, DeleteApiToken, GetApiToken, UpdateApiToken
from assetversions.domain.errors import Invalid

Description = Annotated[str, Field(max_length=256)]


class KeyBody(Body):
    apiKeyName: Annotated[str, Field(min_length=1, max_length=256)]
    userId: str | None = None
    description: Description = ""
    expiresAt: str | None = None


class ChangeBody(Body):
    description: Description | None = None
    expiresAt: str | None = None
    isActive: bool | Literal["true", "false"] | None = None


def create_api_key(request: Request) -> CreateApiToken:
    body = parse(KeyBody, request.json())
    user = None if body.userId is None else names.policy_name(body.userId, "userId")
    until = _until(body.expiresAt)
    return CreateApiToken(body.apiKeyName, user, None, None, until, body.description, key=True)


def get_api_key(request: Request) -> GetApiToken:
    return GetApiToken(_id(request))


def update_api_key(request: Request) -> UpdateApiToken:
    """VAMS writes `isActive` as text."""
    body = parse(ChangeBody, request.json())
    active = None if body.isActive is None else body.isActive in {True, "true"}
    changes = (body.description, _until(body.expiresAt), active)
    if changes == (None, None, None):
        raise Invalid("body", "must have description, expiresAt or isActive.")
    return UpdateApiToken(_id(request), *changes)


def delete_api_key(request: Request) -> DeleteApiToken:
    return DeleteApiToken(_id(request))


def _id(request: Request) -> str:
    return names.policy_name(request.path["apiKeyId"], "apiKeyId")


def _until(text: str | None) -> datetime | None:
    """A day alone is its beginning, and what names no zone is UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("expiresAt", "must be a day or an instant, such as 2026-11-25T18:00:00Z.") from error
