"""Requests that schemathesis makes of a document, sent to a world; reading schemathesis takes a second."""

import base64
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, quote

import schemathesis
from assetversions.dialects import ROUTES
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.malformed.world import World
from tests.support.documents import made
from tests.support.lambda_client import match, user
from tests.support.routes import path_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
Environ = dict[str, Any]


class Served:
    """The world as WSGI has it: an admin asks."""

    def __init__(self, asked: World) -> None:
        self._asked = asked

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        try:
            key, named = match(method, path)
        except LookupError:  # an empty parameter, say: API Gateway finds no route
            start_response("404 Not Found", [("Content-Type", "application/json")])
            return [b'{"message":"Not Found"}']
        answer = self._asked.ask(_event(key, path, named, environ))
        start_response(f"{answer.status} {answer.why[-500:] and 'Failed'}", [*answer.headers.items()])
        body = answer.body.encode()
        return [base64.b64decode(body) if answer.encoded else body]


def _event(key: str, path: str, named: dict[str, str], environ: Environ) -> dict[str, Any]:
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True):
        query.setdefault(name, []).append(value)
    headers = {
        name.removeprefix("HTTP_").lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    sent = environ["wsgi.input"].read()
    return {
        "routeKey": key,
        "rawPath": path,
        "pathParameters": named,
        "queryStringParameters": {name: ",".join(values) for name, values in query.items()},
        "headers": headers,
        "body": base64.b64encode(sent).decode() if sent else None,
        "isBase64Encoded": bool(sent),
        "requestContext": {
            "domainName": "api.example.com",
            "requestId": "request",
            "authorizer": user("admin", "admin"),
        },
        "stageVariables": None,
    }


def try_all(asked: World, name: str, examples: int) -> None:
    """Every operation of an API, each of them in any case."""
    document = schemathesis.openapi.from_dict(made(name))
    document.app = Served(asked)
    keys = {route.key.replace("+}", "}"): route.key for route in ROUTES}
    wrong = []
    for found in document.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        method = operation.method.upper()
        named = match(method, path_of(keys[f"{method} {operation.path}"], asked.names))[1]
        there = {name: quote(value, safe="") for name, value in named.items()}
        try:
            _try(operation.as_strategy(), there, examples)
        except FailureGroup as failures:
            wrong.append("\n".join(map(str, failures.exceptions)))
    assert not wrong, "\n\n".join(wrong)


def _try(cases: st.SearchStrategy[Any], there: dict[str, str], examples: int) -> None:
    """`there` is what a path may name; so it does in every other case."""

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = there
        case.validate_response(case.call(), checks=CHECKS)

    ask()
