"""VAMS requests about the service and who has signed in, into commands."""

from typing import Annotated, Literal

from pydantic import Field

from assetversions.dialects.common.http import Body, Request, parse
from assetversions.domain.commands.service import DescribeService, DescribeSession, ListAllowedRoutes

MAX_ROUTES = 200


class RouteBody(Body):
    method: Literal["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"]
    route__path: Annotated[str, Field(min_length=1, max_length=1024)]


class RoutesBody(Body):
    routes: list[RouteBody] = Field(max_length=MAX_ROUTES)


class SchemaQuery(Body):
    metadataEntityType: (
        Literal["databaseMetadata", "assetMetadata", "fileMetadata", "fileAttribute", "assetLinkMetadata"]
        | None
    ) = None


class ProfileBody(Body):
    """What is said of oneself changes nothing: the user pool knows the address."""

    email: str | None = Field(None, max_length=256)


def describe_service(_request: Request) -> DescribeService:
    return DescribeService()


def describe_session(request: Request) -> DescribeSession:
    return DescribeSession(request.path.get("userId"))


def sign_in(request: Request) -> DescribeSession:
    parse(ProfileBody, request.json())
    return describe_session(request)


def list_schemas(request: Request) -> DescribeSession:
    """There are none, whatever is asked for."""
    parse(SchemaQuery, request.query)
    return DescribeSession()


def list_allowed_routes(request: Request) -> ListAllowedRoutes:
    routes = parse(RoutesBody, request.json()).routes
    return ListAllowedRoutes(tuple((one.method, one.route__path) for one in routes))
