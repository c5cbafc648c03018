"""A world to ask for access in: the real table on moto, the pool's users as told, a clock that we move."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import authz
import boto3
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.domain.policy import User
from assetversions.runtime import authorizer, endpoint
from assetversions.storage.dynamodb import keys

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "TABLE_NAME": "table",
    "ASSETS_BUCKET": "assets",
    "MANIFESTS_BUCKET": "manifests",
    "USER_POOL_ID": "pool",
    "CLIENT_IDS": "client",
    "ISSUER": "https://issuer.example/pool",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}
ASSET = "/database/db1/assets/public"
CONSTRAINTS = "/auth/constraints"
MACHINE = "machine-client"


class Lambda:
    """What the handlers use of Lambda's context."""

    function_name, memory_limit_in_mb, invoked_function_arn = "function", 1024, "arn"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        return 29_000


class People:
    """The pool's users, each in the group of their name; `mfa` says who signs in with it."""

    def __init__(self) -> None:
        self.mfa: set[str] = set()
        self.gone: set[str] = set()

    def find(self, name: str) -> User | None:
        known = {"admin", "editor", "viewer", "ann"} - self.gone
        groups = frozenset({name} - {"ann"})
        return User(name, groups, name in self.mfa) if name in known else None


@dataclass
class World:
    people: People = field(default_factory=People)
    clock: float = 0.0

    def call(
        self,
        who: dict[str, Any],
        method: str,
        path: str,
        body: Any = None,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        request_id: str = "request",
    ) -> tuple[int, Any]:
        """One request as API Gateway hands it on: status and body."""
        route, parameters = match(method, path)
        event = {
            "routeKey": route.key,
            "rawPath": path,
            "pathParameters": parameters,
            "queryStringParameters": query,
            "headers": headers or {},
            "body": None if body is None else json.dumps(body),
            "requestContext": {"domainName": "d", "requestId": request_id, "authorizer": who},
        }
        reply = handler(route.operation)(event, Lambda())
        return reply["statusCode"], json.loads(reply["body"] or "null")

    def ok(self, *args: Any, **more: Any) -> Any:
        status, body = self.call(*args, **more)
        assert status == 200, body
        return body

    def later(self, seconds: float = 1.0) -> None:
        self.clock += seconds

    def token(self, key: str) -> dict[str, Any]:
        """What the authorizer of token routes finds."""
        found = authorizer.handler({"headers": {"x-api-key": key}}, Lambda())
        return {"lambda": found["context"]}

    def events(self) -> list[dict[str, Any]]:
        return list(self.ok(user("admin"), "GET", "/auth/events")["Items"])


@cache
def handler(operation: str) -> endpoint.Handler:
    """Warm: one for all requests."""
    function = operations.function(operation)
    alone = function == operation
    return endpoint.endpoint(operations.find(operation)) if alone else endpoint.family(function)


def match(method: str, path: str) -> tuple[Any, dict[str, str]]:
    for route in sorted(ROUTES, key=lambda route: route.key.count("{")):
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.key)
        if found := re.fullmatch(pattern, f"{method} {path}"):
            return route, found.groupdict()
    raise LookupError(f"{method} {path}")


def user(name: str) -> dict[str, Any]:
    group = "" if name == "ann" else name
    return {"jwt": {"claims": {"username": name, "token_use": "access", "cognito:groups": f"[{group}]"}}}


def machine(*scopes: str) -> dict[str, Any]:
    said = " ".join(f"asset-versions/{scope}" for scope in scopes or ("data:read", "data:write"))
    return {"jwt": {"claims": {"sub": MACHINE, "client_id": MACHINE, "token_use": "access", "scope": said}}}


def starter(name: str) -> Any:
    return json.loads(Path(authz.__file__).with_name(name).read_text())


def make_table() -> None:
    text = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK")]

    def schema(*names: str) -> list[dict[str, str]]:
        kinds = ("HASH", "RANGE")
        return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, kinds, strict=True)]

    boto3.client("dynamodb").create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=schema(keys.PARTITION, keys.SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": keys.INDEX,
                "KeySchema": schema(keys.INDEX_PARTITION, keys.INDEX_SORT),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


def constraint(name: str, **more: Any) -> dict[str, Any]:
    """Members of `guest` may read assets tagged public."""
    return {
        "identifier": name,
        "objectType": "asset",
        "criteriaAnd": [{"field": "tags", "operator": "contains", "value": "public"}],
        "groupPermissions": [{"groupId": "guest", "permission": "GET", "permissionType": "allow"}],
    } | more


def on_path(name: str, start: str, **more: Any) -> dict[str, Any]:
    path = {"field": "route__path", "operator": "starts_with", "value": start}
    return constraint(name, objectType="api", criteriaAnd=[path], **more)
