"""Call the Lambda handlers as API Gateway does."""

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.runtime.endpoint import Handler, endpoint, family


class Context:
    """What the handlers use of Lambda's context."""

    function_name = "function"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:function"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        return 29_000


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: Any


def claims(user: str, *groups: str) -> dict[str, str]:
    return {"username": user, "token_use": "access", "cognito:groups": f"[{' '.join(groups)}]"}


@dataclass(frozen=True)
class Client:
    """Someone with a token; `groups` are those of the token. A machine has `scopes` instead."""

    user: str = "ann"
    groups: tuple[str, ...] = ("admin",)
    scopes: tuple[str, ...] | None = None
    # What a base path mapping puts before every path.
    base: str = ""

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        raw: str | bytes | None = None,
    ) -> Answer:
        """`body` is sent as JSON, `raw` as it is; API Gateway hands bytes on in Base64."""
        key, parameters = match(method, path)
        event = {
            "routeKey": key,
            "rawPath": self.base + path,
            "pathParameters": parameters,
            "queryStringParameters": query,
            "headers": headers or {},
            "body": _sent(body, raw),
            "isBase64Encoded": isinstance(raw, bytes),
            "requestContext": {
                "domainName": "api.example.com",
                "authorizer": {"jwt": {"claims": self._claims()}},
            },
        }
        reply = handler(key)(event, Context())
        return Answer(reply["statusCode"], reply["headers"], json.loads(reply["body"] or "null"))

    def _claims(self) -> dict[str, str]:
        if self.scopes is None:
            return claims(self.user, *self.groups)
        scope = " ".join(f"asset-versions/{scope}" for scope in self.scopes)
        return {"sub": self.user, "client_id": self.user, "token_use": "access", "scope": scope}


def _sent(body: Any, raw: str | bytes | None) -> str | None:
    if isinstance(raw, bytes):
        return base64.b64encode(raw).decode()
    return raw if raw is not None or body is None else json.dumps(body)


def match(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The most specific route, as API Gateway does it."""
    for route in sorted(ROUTES, key=lambda route: route.key.count("{")):
        wanted, template = route.key.split(" ")
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template), path)
        if wanted == method and found:
            return route.key, found.groupdict()
    raise LookupError(f"{method} {path}")


@cache
def handler(route_key: str) -> Handler:
    name = next(route.operation for route in ROUTES if route.key == route_key)
    function = operations.function(name)
    return endpoint(operations.find(name)) if function == name else family(function)
