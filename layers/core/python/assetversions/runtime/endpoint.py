"""Operations as Lambdas behind the HTTP API: decode, admit, do, encode. The only boilerplate."""

import base64
from collections.abc import Callable
from importlib import import_module
from typing import Any

from aws_lambda_powertools import Logger
from msgspec.structs import replace

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Error, Invalid, TooLarge
from assetversions.engine.operation import AnyOperation
from assetversions.runtime import environment, paths, stage
from assetversions.runtime.answer_log import AnswerLog
from assetversions.runtime.gateway import gateway_reply
from assetversions.storage import overload

MAX_BODY_BYTES = 5_000_000

Event = dict[str, Any]
Handler = Callable[[Event, Any], Event]

logger = Logger()


def endpoint(operation: AnyOperation) -> Handler:
    """The Lambda handler that serves every route of one operation."""
    return _handler(
        {route.key: route for route in ROUTES if route.operation == operation.name}, lambda _: operation
    )


def family(name: str) -> Handler:
    """The Lambda handler of a whole family; each of its operations is imported when first asked for."""
    return _handler(
        {route.key: route for route in ROUTES if operations.family(route.operation) == name}, operations.find
    )


def _handler(routes: dict[str, Route], find: Callable[[str], AnyOperation]) -> Handler:
    if any(not route.open for route in routes.values()):
        import_module("assetversions.runtime.admitted")  # while the container starts, not while one waits

    @logger.inject_lambda_context(clear_state=True)
    def handler(event: Event, _context: Any) -> Event:
        route = routes[event["routeKey"]]
        log = AnswerLog(route, event)
        try:
            answer = gateway_reply(_located(_answer(route, find(route.operation), event, log), event), event)
        except Error as error:
            log.failed(error)
            answer = gateway_reply(route.error(error), event)
        except Exception as unforeseen:  # the one place where the unexpected ends
            problem = overload.busy(unforeseen) or unforeseen
            if problem is unforeseen:
                logger.exception("Unexpected error")
            else:
                logger.warning("AWS had too much to do", exc_info=True)
            log.failed(problem)
            answer = gateway_reply(route.error(problem), event)
        log.answered(answer["statusCode"])
        return answer

    return handler


def _answer(route: Route, operation: AnyOperation, event: Event, log: AnswerLog) -> Reply:
    request = _request(event)
    if route.open:
        return route.encode(operation(route.command(request), _for_anybody(operation, request)), request)
    from assetversions.runtime import admitted

    return admitted.answer(route, operation, request, event, log)


def _for_anybody(operation: AnyOperation, request: Request) -> Any:
    """What an open operation works with: the open facts; or what was deployed with it, or the stores, where
    the request proves a right."""
    if operations.family(operation.name) == "documents":
        from assetversions.runtime.pages import DeployedPages

        return DeployedPages()
    if not operation.writes:
        return environment.facts(request.origin)
    from assetversions.runtime import no_guard, stores

    return stores.services("", "", no_guard.NoGuard())


def _request(event: Event) -> Request:
    return Request(
        path={name: _decoded(value) for name, value in (event.get("pathParameters") or {}).items()},
        query=event.get("queryStringParameters") or {},
        headers=event.get("headers") or {},
        body=_body(event),
        origin=_origin(event),
    )


def _located(reply: Reply, event: Event) -> Reply:
    """What is made or goes on elsewhere in this API is found from wherever the client asked."""
    location = reply.headers.get("Location", "")
    if not location.startswith("/"):
        return reply
    return replace(reply, headers={**reply.headers, "Location": _origin(event) + location})


def _origin(event: Event) -> str:
    came_to = event["requestContext"]["domainName"]
    return stage.address(event) or f"https://{came_to}{paths.prefix(event)}"


def _body(event: Event) -> str:
    raw = event.get("body") or ""
    try:
        data = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    except ValueError as error:
        raise Invalid("body", "is not Base64; send it as it is.") from error
    if len(data) > MAX_BODY_BYTES:
        raise TooLarge(
            f"The body has {len(data):,} bytes; {MAX_BODY_BYTES:,} are the most; send less at once."
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Invalid("body", "is not UTF-8; send it so.") from error


def _decoded(value: str) -> str:
    """HTTP APIs decode every escape of a path but `%25`."""
    return value.replace("%25", "%")
