"""What a route may answer: its replies, and the errors of its API by status."""

from collections.abc import Iterator, Mapping
from typing import Any

from assetversions.dialects.common.route import Route
from assetversions.dialects.common.schema import COUNT, TEXT, Schema, like
from assetversions.dialects.common.statuses import PHRASES
from assetversions.dialects.openapi.components import Components
from assetversions.dialects.openapi.described import JSON, Api, Described, Refusals
from assetversions.dialects.openapi.streams import KINDS as BYTES
from assetversions.domain import errors

RESPONSES = "#/components/responses/"
# What RFC 9110 says of the statuses that no error has.
GOOD = {
    200: "OK",
    201: "Created",
    202: "Accepted: a job does it",
    204: "No Content",
    206: "Partial Content",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect: the bytes are there",
    503: "Service Unavailable",
}
LOCATED = {201, 202, 303, 307}
LOCATION: Schema = {"schema": TEXT, "description": "Where it is."}
ETAG: Schema = {
    "schema": like(r'^"[^"]+"$', '"7"'),
    "description": "Of the asset: it counts the asset's commits.",
}
REPLAYED: Schema = {
    "schema": {"type": "string", "const": "true"},
    "description": "The answer of an earlier request with the same `Idempotency-Key`.",
}
RETRY: Schema = {"schema": COUNT, "description": "In so many seconds."}

# One of each kind, as callers meet them: what any request may come to, …
ANY: tuple[Exception, ...] = (
    errors.Invalid("description", "must have at least 4 characters."),
    errors.TooLarge("The body has 6,000,000 bytes; 5,000,000 are the most; send less at once."),
    errors.Busy("Too much at once; send the same request again."),
    RuntimeError(),
)
# … what one who is known, …
GUARDED: tuple[Exception, ...] = (
    errors.Unauthenticated("The token is not valid; sign in again."),
    errors.Hidden("asset", "cars/engine"),
    errors.Conflict("The asset has moved on; read it again."),
    errors.TooMany("You have as many jobs at work as you may; wait until one ends."),
)
# … what one that names something, …
NAMING = (errors.NotFound("asset", "cars/engine"), errors.NotFound("version", "7"))
# … what one that changes something, and what one with a body.
WRITING = (errors.KeyReused("Idempotency-Key: another request came with this key; take a new one."),)
SENDING = (errors.Unprocessable({"content.source": "import is not available here."}),)


def replies(
    route: Route,
    described: Described,
    components: Components,
    command: type[Any],
    example: Any,
    *,
    writes: bool,
) -> Iterator[tuple[str, Schema]]:
    """By status, what is no error; the `example`, unless it is None, is of success."""
    for status, schema in described.replies.items():
        reply: Schema = {"description": _phrase(status)}
        if schema is not None and _has_body(route):
            shown = components.refer(schema)
            # Beside bytes there are errors.
            kinds = (JSON,) if shown and described.kinds == BYTES else described.kinds
            content = {"schema": shown} if shown else {}
            if example is not None and status == described.status:
                content["example"] = example
            reply["content"] = dict.fromkeys(kinds, content)
        headers = _headers(status, "asset" in command.__struct_fields__, writes)
        yield str(status), reply | ({"headers": headers} if headers else {})


def refusals(
    route: Route, api: Api, described: Described, prefix: str, *, writes: bool
) -> Iterator[tuple[str, Schema]]:
    """By status, the errors that a route may answer with; to a HEAD there is no body."""
    kind = api.refusals[_module(route)]
    met = [*ANY]
    names = not route.open or "{" in route.key
    for kinds, meets in (
        (GUARDED, not route.open),
        (NAMING, names),
        (WRITING, writes),
        (SENDING, bool(described.body)),
    ):
        met += kinds if meets else ()
    for status in sorted({route.error(problem).status for problem in met}):
        if _has_body(route):
            yield str(status), {"$ref": f"{RESPONSES}{prefix}{kind.prefix}{status}"}
        else:
            yield str(status), {"description": _phrase(status)}


def shared(api: Api, routes: Mapping[str, Route], components: Components) -> dict[str, Schema]:
    """The errors of an API, each with a body as it words them."""
    found: dict[str, Schema] = {}
    for module, kind in api.refusals.items():
        word = next(route.error for route in routes.values() if _has_body(route) and _module(route) == module)
        for problem in (*ANY, *GUARDED, *NAMING, *WRITING, *SENDING):
            reply = word(problem)
            found.setdefault(f"{kind.prefix}{reply.status}", _refusal(kind, reply, components))
    return found


def _refusal(kind: Refusals, reply: Any, components: Components) -> Schema:
    shown = {"schema": components.refer(kind.schema), "example": reply.body}
    headers = {"headers": {"Retry-After": RETRY}} if "Retry-After" in reply.headers else {}
    return {"description": _phrase(reply.status), "content": {kind.kind: shown}} | headers


def _headers(status: int, of_asset: bool, writes: bool) -> dict[str, Schema]:
    found = {"Location": LOCATION} if status in LOCATED else {}
    if of_asset and status < 300:
        found["ETag"] = ETAG
    return found | ({"Idempotency-Replayed": REPLAYED} if writes else {})


def _has_body(route: Route) -> bool:
    return not route.key.startswith("HEAD ")


def _phrase(status: int) -> str:
    return GOOD.get(status) or PHRASES[status]


def _module(route: Route) -> str:
    """Where the function is that words a route's errors."""
    return str(getattr(route.error, "module", "")).removeprefix("assetversions.dialects.")
