"""One operation as a Lambda behind the HTTP API: decode, admit, do, encode. The only boilerplate."""

import base64
from collections.abc import Callable
from functools import cache
from typing import Any

from authz.identity import Identity, NoIdentity, from_claims
from aws_lambda_powertools import Logger

from assetversions.dialects import ROUTES
from assetversions.dialects.http import Reply, Request
from assetversions.dialects.route import Route
from assetversions.domain.errors import Error, Invalid, TooLarge, Unauthenticated
from assetversions.operations.operation import Operation
from assetversions.runtime import wiring
from assetversions.runtime.admission import Admission
from assetversions.runtime.gateway import gateway_reply

MAX_BODY_BYTES = 5_000_000

Event = dict[str, Any]
Handler = Callable[[Event, Any], Event]

logger = Logger()


def endpoint(operation: Operation) -> Handler:
    """The Lambda handler that serves every route of one operation."""
    routes = {route.key: route for route in ROUTES if route.operation == operation.name}

    @logger.inject_lambda_context
    def handler(event: Event, context: Any) -> Event:
        route = routes[event["routeKey"]]
        try:
            answer = gateway_reply(_answer(route, operation, event, context), event)
        except Error as error:
            answer = gateway_reply(route.error(error), event)
        except Exception as error:  # the one place where the unexpected ends
            logger.exception("Unexpected error", route=route.key)
            answer = gateway_reply(route.error(error), event)
        logger.info("Answered", route=route.key, status=answer["statusCode"])
        return answer

    return handler


def _answer(route: Route, operation: Operation, event: Event, context: Any) -> Reply:
    request = _request(event)
    if route.open:
        facts = wiring.facts(event["requestContext"]["domainName"])
        return route.encode(operation(route.decode(request), facts))
    identity = _identity(event)
    try:
        command = route.decode(request)
    except Error:
        _admission().admit(identity, operation, route.key, None)
        raise
    ref = getattr(command, "asset", None)
    guard, asset = _admission().admit(identity, operation, route.key, ref)
    services = wiring.services(identity.user, guard)
    scope = (services,) if asset is None else (asset, services)

    def work() -> Reply:
        return route.encode(operation(command, *scope))

    if operation.writes and "idempotency-key" in request.headers:
        from assetversions.runtime import idempotency  # Powertools' idempotency is slow to import

        return idempotency.once(request, identity.user, route.key, context, work)
    return work()


def _identity(event: Event) -> Identity:
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    try:
        return from_claims(claims)
    except NoIdentity as error:
        raise Unauthenticated(str(error)) from error


def _request(event: Event) -> Request:
    return Request(
        path={name: _decoded(value) for name, value in (event.get("pathParameters") or {}).items()},
        query=event.get("queryStringParameters") or {},
        headers=event.get("headers") or {},
        body=_body(event),
    )


def _body(event: Event) -> str:
    raw = event.get("body") or ""
    data = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    if len(data) > MAX_BODY_BYTES:
        raise TooLarge(f"The body has {len(data):,} bytes; {MAX_BODY_BYTES:,} are the most.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Invalid("body", "is not UTF-8.") from error


def _decoded(value: str) -> str:
    """HTTP APIs decode every escape of a path but `%25`."""
    return value.replace("%25", "%")


@cache
def _admission() -> Admission:
    return Admission(wiring.table())
