"""Operations as Lambdas behind the HTTP API: decode, admit, do, encode. The only boilerplate."""

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Error, Forbidden, Invalid, NotFound, TooLarge, Unauthenticated
from assetversions.domain.model import Asset
from assetversions.domain.once import Once, Receipt
from assetversions.engine.once import still_at_work
from assetversions.engine.operation import AnyOperation
from assetversions.runtime import audit, credentials, environment, paths, wiring
from assetversions.runtime.admission import Admission
from assetversions.runtime.answer_log import AnswerLog
from assetversions.runtime.call import Call
from assetversions.runtime.gateway import gateway_reply
from assetversions.runtime.no_guard import NoGuard
from assetversions.runtime.once import REPLAYED, again, asked, known
from assetversions.runtime.passed import Pass
from assetversions.storage import overload

MAX_BODY_BYTES = 5_000_000
# A machine names the user it acts for.
ACTS_FOR = "x-user-id"

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
    identity = credentials.identity(event, route)
    acts_for = request.headers.get(ACTS_FOR)
    facts = paths.facts(route, request.path)
    call = Call(operation, facts, identity, acts_for, credential=credentials.sent(event.get("headers") or {}))
    log.called_by(identity.person)
    if route.users_only and identity.kind == "machine" and acts_for is None:
        raise Unauthenticated("Sign in as a user, or name the one that the machine acts for in x-user-id.")
    try:
        return _admitted(route, call, request, log)
    except Forbidden as error:
        if operation.writes:
            audit.refused(call, request, error)
        raise


def _for_anybody(operation: AnyOperation, request: Request) -> Any:
    """What an open operation works with: the open facts; or the stores, where the request proves a right."""
    return wiring.services("", "", NoGuard()) if operation.writes else wiring.facts(request.origin)


def _admitted(route: Route, call: Call, request: Request, log: AnswerLog) -> Reply:
    operation, call = call.operation, replace(call, acting=_admission().acting(call))
    try:
        command = route.command(request)
    except Error:
        _admission().admit(call, None)
        raise
    once = asked(request, call.persons, route.key)
    access, asset = _admission().admit(replace(call, once=once), getattr(command, "asset", None))
    log.admitted(access.rule, access.callers.whom.person if call.acts_for_another else None)
    result, replayed = _done(operation, command, asset, access, once)
    reply = route.encode(result, request)
    return replace(reply, headers={**reply.headers, **REPLAYED}) if replayed else reply


def _done(
    operation: AnyOperation, command: Any, asset: Asset | None, access: Pass, once: Once | None
) -> tuple[Any, bool]:
    """What the operation comes to; or, and that is true then, came to when this request was sent before."""
    found, whom = once and known(once, access.known), access.callers.whom
    if isinstance(found, Receipt):
        return again(operation, command, found, wiring.services(whom.person, whom.user, access)), True
    services = wiring.services(whom.person, whom.user, access, found)
    try:
        return operation(command, *((services,) if asset is None else (asset, services))), False
    except Error as error:
        # One that was sent at the same time may have been faster, or be about to be.
        first = once and known(once, wiring.receipts().find(once))
        if isinstance(first, Receipt):
            return again(operation, command, first, services), True
        if first and first.begun and isinstance(error, NotFound):
            raise still_at_work() from error
        raise


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
    return environment.public_url() or f"https://{came_to}{paths.prefix(event)}"


def _body(event: Event) -> str:
    raw = event.get("body") or ""
    try:
        data = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    except ValueError as error:
        raise Invalid("body", "is not Base64.") from error
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
    return Admission(wiring.table(), wiring.users())
