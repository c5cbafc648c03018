"""Answer a request that needs a caller: may they, was it done before? Open routes import none of it."""

from functools import cache
from typing import Any

from msgspec.structs import replace

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Error, Forbidden, NotFound, Unauthenticated
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.once import Once, Receipt
from assetversions.engine.once import still_at_work
from assetversions.engine.operation import AnyOperation
from assetversions.runtime import audit, credentials, paths, stores, wiring
from assetversions.runtime.admission import Admission
from assetversions.runtime.answer_log import AnswerLog
from assetversions.runtime.call import Call
from assetversions.runtime.once import REPLAYED, again, asked, known
from assetversions.runtime.passed import Pass

# A machine names the user it acts for.
ACTS_FOR = "x-user-id"


def answer(
    route: Route, operation: AnyOperation, request: Request, event: dict[str, Any], log: AnswerLog
) -> Reply:
    """What the operation comes to, in the words of the route's API."""
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


def _admitted(route: Route, call: Call, request: Request, log: AnswerLog) -> Reply:
    operation, call = call.operation, replace(call, acting=admission().acting(call))
    try:
        command = route.command(request)
    except Error:
        admission().admit(call, None)
        raise
    once = asked(request, call.persons, route.key)
    access, asset = admission().admit(replace(call, once=once), getattr(command, "asset", None))
    command, once = _of_this_life(command, once, asset)
    log.admitted(access.rule, access.callers.whom.person if call.acts_for_another else None)
    result, replayed = _done(operation, command, asset, access, once)
    reply = route.encode(result, request)
    return replace(reply, headers={**reply.headers, **REPLAYED}) if replayed else reply


def _of_this_life(command: Any, once: Once | None, asset: Asset | None) -> tuple[Any, Once | None]:
    """The same of the asset that has this id now: of one that was deleted it was another request."""
    if asset is None or not isinstance(command.asset, AssetRef) or asset.ref == command.asset:
        return command, once
    marked = once and replace(once, request=f"{once.request} {asset.ref.asset_id}")
    return replace(command, asset=asset.ref), marked


def _done(
    operation: AnyOperation, command: Any, asset: Asset | None, access: Pass, once: Once | None
) -> tuple[Any, bool]:
    """What the operation comes to; or, and that is true then, came to when this request was sent before."""
    found, whom = once and known(once, access.known), access.callers.whom
    if isinstance(found, Receipt):
        return again(operation, command, found, stores.services(whom.person, whom.user, access)), True
    services = stores.services(whom.person, whom.user, access, found)
    try:
        return operation(command, *((services,) if asset is None else (asset, services))), False
    except Error as error:
        # One that was sent at the same time may have been faster, or be about to be.
        first = once and known(once, stores.receipts().find(once))
        if isinstance(first, Receipt):
            return again(operation, command, first, services), True
        if first and first.begun and isinstance(error, NotFound):
            raise still_at_work() from error
        raise


@cache
def admission() -> Admission:
    return Admission(wiring.table(), wiring.users())
