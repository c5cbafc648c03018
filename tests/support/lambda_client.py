"""Call the Lambda handlers as API Gateway does."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.runtime.endpoint import Handler, endpoint, family
from msgspec import Struct

from tests.support.described import check

MACHINE = "machineclient0000000000001"
SCOPES = ("data:read", "data:write")

Authorizer = dict[str, Any]


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
    """`replayed` is what a repeated answer says of itself: in all else it is the first one."""

    status: int
    headers: dict[str, str]
    body: Any
    replayed: str | None = field(default=None, compare=False)


def user(name: str, *groups: str, at: float = 1_700_000_000) -> Authorizer:
    """What the pool's authorizer says of a user who signed in at that time."""
    began = {"origin_jti": f"session-{at:.0f}", "auth_time": f"{at:.0f}"}
    claims = {"sub": f"sub-of-{name}", "username": name, "cognito:groups": f"[{' '.join(groups)}]"}
    return _jwt(**claims, **began)


def id_token(name: str, *groups: str) -> Authorizer:
    """What it says where the same user sends the ID token."""
    claims = user(name, *groups)["jwt"]["claims"]
    kept = {claim: value for claim, value in claims.items() if claim != "username"}
    return {"jwt": {"claims": kept | {"cognito:username": name, "aud": "client", "token_use": "id"}}}


def machine(*scopes: str) -> Authorizer:
    """What it says of a machine, with both scopes unless these."""
    return _machine(MACHINE, scopes or SCOPES)


def _machine(name: str, scopes: Iterable[str]) -> Authorizer:
    said = " ".join(f"asset-versions/{scope}" for scope in scopes)
    return _jwt(sub=name, client_id=name, scope=said)


def _jwt(**claims: str) -> Authorizer:
    return {"jwt": {"claims": claims | {"token_use": "access"}}}


def ask(
    who: Authorizer,
    method: str,
    path: str,
    body: Any = None,
    *,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    raw: str | bytes | None = None,
    request_id: str = "request",
    base: str = "",
    encoded: bool = False,
    variables: dict[str, str] | None = None,
) -> Answer:
    """One request as API Gateway hands it on, bytes in Base64; `body` is sent as JSON, `raw` as it is.

    The reply is as the document of its API says. `encoded` says that `raw` is in Base64 already.

    `base` is what a base path mapping puts before every path; `variables` are those of the stage.
    """
    key, parameters = match(method, path)
    event = {
        "routeKey": key,
        "rawPath": base + path,
        "pathParameters": parameters,
        "queryStringParameters": query,
        "headers": headers or {},
        "body": _sent(body, raw),
        "isBase64Encoded": encoded or isinstance(raw, bytes),
        "requestContext": {"domainName": "api.example.com", "requestId": request_id, "authorizer": who},
        "stageVariables": variables,
    }
    reply = handler(key)(event, Context())
    replayed = reply["headers"].pop("Idempotency-Replayed", None)
    answer = Answer(reply["statusCode"], reply["headers"], _read(reply), replayed)
    check(key, answer.status, answer.headers, answer.body)
    return answer


def _read(reply: dict[str, Any]) -> Any:
    """What is no JSON is a page."""
    plain = reply["headers"].get("Content-Type", "").startswith("text/")
    if reply.get("isBase64Encoded") and "Content-Encoding" not in reply["headers"]:
        return base64.b64decode(reply["body"])
    return reply["body"] if plain else json.loads(reply["body"] or "null")


class Client(Struct, frozen=True):
    """Someone with a token; `groups` are those of the token. A machine has `scopes` instead."""

    user: str = "ann"
    groups: tuple[str, ...] = ("admin",)
    scopes: tuple[str, ...] | None = None
    acts_for: str | None = None
    base: str = ""
    by_id_token: bool = False

    def __call__(self, method: str, path: str, body: Any = None, **how: Any) -> Answer:
        if self.acts_for is not None:
            how["headers"] = (how.get("headers") or {}) | {"x-user-id": self.acts_for}
        return ask(self._authorizer(), method, path, body, base=self.base, **how)

    def _authorizer(self) -> Authorizer:
        if self.scopes is not None:
            return _machine(self.user, self.scopes)
        return (id_token if self.by_id_token else user)(self.user, *self.groups)


def _sent(body: Any, raw: str | bytes | None) -> str | None:
    if isinstance(raw, bytes):
        return base64.b64encode(raw).decode()
    return raw if raw is not None or body is None else json.dumps(body)


def match(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The most specific route, as API Gateway does it."""
    for route in sorted(ROUTES, key=lambda route: route.key.count("{")):
        wanted, template = route.key.split(" ")
        rest = template.replace("{proxy+}", "(?P<proxy>.+)")
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", rest), path)
        if wanted == method and found:
            return route.key, found.groupdict()
    raise LookupError(f"{method} {path}")


@cache
def handler(route_key: str) -> Handler:
    name = next(route.operation for route in ROUTES if route.key == route_key)
    function = operations.function(name)
    return endpoint(operations.find(name)) if function == name else family(function)
