"""Requests about API tokens and one's own access into commands; VAMS has no such routes, the style is its."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.dialects.vams.requests.common import Paging
from assetversions.domain import names
from assetversions.domain.access_report import Question
from assetversions.domain.commands.access import CreateApiToken, DeleteApiToken, ExplainAccess, ListApiTokens
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef

Scope = Literal["data:read", "data:write"]


class TokenBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=256)]
    userId: str | None = None
    scopes: list[Scope] | None = Field(None, min_length=1, max_length=10)
    expiresInDays: int | None = Field(None, ge=1)


class TokensQuery(Paging):
    userId: str | None = None


class MeQuery(BaseModel):
    userId: str | None = None
    route: str | None = None
    databaseId: str | None = None
    assetId: str | None = None


def create_api_token(request: Request) -> CreateApiToken:
    body = parse(TokenBody, request.json())
    scopes = None if body.scopes is None else frozenset[str](body.scopes)
    return CreateApiToken(body.name, _user(body.userId), scopes, body.expiresInDays)


def list_api_tokens(request: Request) -> ListApiTokens:
    query = parse(TokensQuery, request.query)
    return ListApiTokens(_user(query.userId), query.page())


def delete_api_token(request: Request) -> DeleteApiToken:
    return DeleteApiToken(names.policy_name(request.path["tokenId"], "tokenId"))


def explain_access(request: Request) -> ExplainAccess:
    """Of the caller or a user; on a route, on an asset, or both."""
    query = parse(MeQuery, request.query)
    if (query.databaseId is None) != (query.assetId is None):
        raise Invalid("assetId", "goes with databaseId: give both or neither.")
    ref = None
    if query.databaseId is not None and query.assetId is not None:
        ref = AssetRef(names.database_id(query.databaseId), names.asset_id(query.assetId))
    return ExplainAccess(Question(_user(query.userId), query.route, ref, who_may=True))


def _user(name: str | None) -> str | None:
    return None if name is None else names.policy_name(name, "userId")
