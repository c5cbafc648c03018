"""Malformed requests over HTTP: no 5xx, and each refusal in the shape of its dialect.

tests/malformed sends thousands to the same routes; here some meet API Gateway and the real stores.
"""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from assetversions.dialects import ROUTES

from local.system import System
from tests.malformed.requests import Event, Malformed, field_names
from tests.malformed.world import List
from tests.support.error_shapes import spoken
from tests.support.routes import ASSET, PLACE, names_in_paths
from tests.system.client import HTTP, Api, api

SEEDS = 250
BY_KEY = {route.key: route for route in ROUTES}
# What would change who may do what in a system that other tests use, too, or end what this one is about.
LEFT_ALONE = re.compile(
    r"(POST|PUT|DELETE) (/auth|/roles|/user-roles|/api-tokens)|DELETE .*(archive|delete)Asset|POST /database$"
)
# The scopes of their cursors can be read in our source: anybody may make one up.
SCOPES = {
    "/database": "databases",
    "/roles": "roles",
    "/auth/constraints": "rules",
    "/auth/events": "policy events",
    "/subscriptions": "subscriptions",
}
# API Gateway's own, where no route matches and where line and headers have more than 10,240 bytes.
NO_ROUTE, TOO_LONG = {"message": "Not Found"}, 431


class Live:
    """What the generator needs to know of the running system."""

    def __init__(self, admin: Api) -> None:
        self.names = names_in_paths(lambda path: admin.ok("GET", path))
        self.lists = [List(path, {"pageSize": "1"}, scope, "abc") for path, scope in SCOPES.items()]

    def ask(self, event: Event) -> None:
        """Nothing is learned from a good request here."""


class OverHttp(Malformed):
    def _fields_of(self, _key: str) -> tuple[str, ...]:
        return field_names()


@pytest.fixture(scope="module")
def admin(system: System) -> Api:
    """With an asset that has three versions of one file."""
    made = api(system, "admin")
    made.ok("POST", "/database", json={"databaseId": "db1", "description": "Made by a test"})
    facts = {"assetName": "A", "description": "Made by a test", "isDistributable": True}
    made.ok("POST", "/assets", json=PLACE | facts)
    system.client("s3").put_object(Bucket=system.assets_bucket, Key="db1/a1/a.txt", Body=b"text")
    for _ in range(3):
        made.ok("POST", f"{ASSET}/createVersion", json={})
    return made


def sent(event: Event) -> dict[str, Any] | None:
    """The request that API Gateway makes this event of; None for what HTTP can't carry."""
    method, template = event["routeKey"].split(" ", 1)
    parameters = {name: quote(value, safe="") for name, value in event["pathParameters"].items()}
    path = re.sub(r"\{(\w+)\+?\}", lambda found: parameters[found[1]], template)
    headers = event["headers"]
    plain = all(value.isascii() and value.isprintable() for value in headers.values())
    if not plain or {".", ".."} & set(path.split("/")):
        return None
    body = event["body"] or ""
    content = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    return {"method": method, "path": path, "params": event["queryStringParameters"]} | (
        {"headers": headers, "content": content if method not in {"GET", "HEAD"} else b""}
    )


def asked(live: Live) -> Iterator[tuple[str, dict[str, Any]]]:
    requests = OverHttp(live)
    for seed in range(SEEDS):
        event = requests.make(seed)
        if LEFT_ALONE.match(event["routeKey"]):
            continue
        try:
            request = sent(event)
        except ValueError:  # bytes that are said to be Base64: only API Gateway says that
            continue
        if request is not None:
            yield event["routeKey"], request


def wrong(key: str, reply: httpx.Response) -> bool:
    if reply.status_code < 400 or reply.status_code == TOO_LONG:
        return False
    body = json.loads(reply.text or "null")
    return body != NO_ROUTE and not spoken(BY_KEY[key])(body)


def test_a_malformed_request_is_refused_in_the_words_of_its_api(system: System, admin: Api) -> None:
    statuses, found = set(), []
    for key, request in asked(Live(admin)):
        method, path = request.pop("method"), request.pop("path")
        url = httpx.URL(system.api_url).copy_with(raw_path=path.encode())
        # HTTP knows no spaces around a value.
        headers = {name: text.strip() for name, text in request.pop("headers").items()}
        own = {"Authorization": f"Bearer {admin.token}"} | headers
        reply = HTTP.request(method, url, headers=own, **request)
        statuses.add(reply.status_code)
        if reply.status_code >= 500 or wrong(key, reply):
            shown = {name: str(value)[:500] for name, value in request.items()}
            found.append(f"{key} {path[:300]} {json.dumps(shown)}\n{reply.status_code} {reply.text[:300]}")
    assert not found, "\n\n".join(found[:5])
    assert {200, 400, 404} <= statuses
