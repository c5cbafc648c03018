"""API keys as VAMS's clients ask for them, into the commands of our API tokens."""

import re
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.common.times import Moment
from assetversions.dialects.vams.requests.common import Name, Paging
from assetversions.domain import api_tokens, names
from assetversions.domain.commands.access import (
    CreateApiToken,
    DeleteApiToken,
    GetApiToken,
    ListApiTokens,
    UpdateApiToken,
)
from assetversions.domain.errors import Invalid

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Said = Annotated[str, Field(max_length=256)]


def _end(value: Any, moment: ValidatorFunctionWrapHandler) -> Any:
    """A date alone is over when it begins: in VAMS such a key never ends."""
    try:
        return moment(f"{value}T00:00:00Z" if isinstance(value, str) and _DAY.fullmatch(value) else value)
    except ValidationError as error:
        raise ValueError(
            "must be a date, such as 2027-01-01, or an instant with its zone, such as 2026-11-25T18:00:00Z"
        ) from error


End = Annotated[Moment, Field(strict=False), WrapValidator(_end)]


class NewKeyBody(Body):
    apiKeyName: Name
    userId: str
    description: Said
    expiresAt: End | None = None


class KeyBody(Body):
    description: Said | None = None
    expiresAt: End | None = None
    isActive: Literal["true", "false"] | None = None


def create_api_token(request: Request) -> CreateApiToken:
    body = parse(NewKeyBody, request.json())
    return CreateApiToken(
        name=body.apiKeyName,
        user=names.policy_name(body.userId, "userId"),
        expires_at=body.expiresAt,
        description=body.description,
        as_vams=True,
    )


def list_api_tokens(request: Request) -> ListApiTokens:
    return ListApiTokens(None, parse(Paging, request.query).page(), everybody=True)


def get_api_token(request: Request) -> GetApiToken:
    return GetApiToken(_key_id(request))


def update_api_token(request: Request) -> UpdateApiToken:
    body = parse(KeyBody, request.json())
    if body.description is None and body.expiresAt is None and body.isActive is None:
        raise Invalid("body", "must say what changes: description, expiresAt or isActive.")
    active = None if body.isActive is None else body.isActive == "true"
    return UpdateApiToken(_key_id(request), body.description, body.expiresAt, active)


def delete_api_token(request: Request) -> DeleteApiToken:
    return DeleteApiToken(_key_id(request))


def _key_id(request: Request) -> str:
    key_id = request.path["apiKeyId"]
    if api_tokens.uuid(key_id) != key_id:
        raise Invalid("apiKeyId", "must be the UUID of an API key.")
    return key_id
