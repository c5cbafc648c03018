"""A request after API Gateway matched its route, and a reply before it is turned into JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

from msgspec import Struct, field
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assetversions.domain.errors import Conflict, Invalid, NotFound, TooLarge

MAX_DEPTH = 64
# A function's reply may have 6 MB with everything that is around the body; more is packed.
MAX_PLAIN_BYTES = 5_000_000

Model = TypeVar("Model", bound=BaseModel)


class Request(Struct, frozen=True):
    """`path`, `query` and `headers` are decoded text; header names are lower case.

    `origin` is where the API is, as clients see it: scheme, host, and the path before its routes, if any.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    origin: str = ""

    def json(self) -> Any:
        """The body as JSON; an empty body is an empty object."""
        if not self.body.strip():
            return {}
        try:
            value = json.loads(self.body, parse_constant=_refuse_constant)
            json.dumps(value, ensure_ascii=False).encode()
        except ValueError as error:
            raise Invalid("body", "is not valid JSON; send a JSON object.") from error
        except RecursionError as error:
            raise _too_deep() from error
        _check_depth(value)
        return value


class Reply(Struct, frozen=True):
    """`body` None means no body; a text and bytes are sent as they are.

    A `Location` that begins with a slash is a path of this API. What is larger than `packed_above` goes
    packed to who takes that.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    packed_above: int = MAX_PLAIN_BYTES


class Body(BaseModel):
    """Wrong types are refused; fields that we don't know are ignored."""

    model_config = ConfigDict(strict=True, defer_build=True)


class NoQuery(BaseModel):
    """No parameter is known; those that a subclass has are, and any other is refused by its name."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


_WHOLE = re.compile("-?[0-9]+")


def _in_digits(value: Any) -> Any:
    """What pydantic would read as a number, too: `1_0`, `1.0`, ` 1 `."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError("must be a whole number, in digits alone")
    return value


IN_DIGITS = BeforeValidator(_in_digits)
# A whole number of a query.
Whole = Annotated[int, IN_DIGITS]

NOT_KNOWN = "is not known here; leave it out"
_NEVER = re.compile(r";q=0(\.0*)?$")
_INSTANT = "must be an instant with its zone, such as 2026-11-25T18:00:00Z"
# Where pydantic's own words speak of Python.
_WORDS = {
    "model_type": "must be a JSON object",
    "extra_forbidden": NOT_KNOWN,
    "too_short": "must have at least one item",
    "timezone_aware": _INSTANT,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
}


def parse(model: type[Model], data: Any, *, where: str = "body") -> Model:
    """Read `data` as `model`; Invalid names the first field that is wrong, and how."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        problem = _WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        field, colon, rest = problem.partition(": ")
        if (
            not spot and colon and field in model.model_fields
        ):  # a check of several fields names the wrong one
            spot, problem = field, rest
        raise Invalid(spot or where, problem[0].lower() + problem[1:] + ".") from error


@contextmanager
def unknown(kind: str, text: str) -> Iterator[None]:
    """NotFound where a path's text can't be the name or the id of such a thing at all."""
    try:
        yield
    except (Invalid, ValueError) as error:
        raise NotFound(kind, text) from error


def expected_rev(request: Request) -> int | None:
    """The asset's `rev` in `If-Match`, which reads send as `ETag`; None where any will do."""
    value = request.headers.get("if-match", "*").strip()
    if value == "*":
        return None
    digits = value.removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise Invalid("If-Match", 'must be the ETag of the asset, such as "7".')
    return int(digits)


def wants_background(request: Request) -> bool:
    """Whether the caller asks for a job with `Prefer: respond-async` (RFC 7240)."""
    wishes = request.headers.get("prefer", "").lower().split(",")
    return any(wish.split(";")[0].strip() == "respond-async" for wish in wishes)


def refuse_if_match(request: Request) -> None:
    """Conflict for a precondition on something that the request is about to create."""
    if "if-match" in request.headers:
        raise Conflict("If-Match: there is nothing yet that could match; leave it out.")


def takes_gzip(headers: Mapping[str, str]) -> bool:
    """Whether the client can unpack, and does not say that it won't."""
    wishes = headers.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(wish.split(";")[0] == "gzip" and not _NEVER.search(wish) for wish in wishes)


def check_room(size: int, headers: Mapping[str, str]) -> None:
    """TooLarge for a reply of so many bytes that fits packed alone, where the client takes no gzip."""
    if size > MAX_PLAIN_BYTES and not takes_gzip(headers):
        raise TooLarge("The reply fits only with 'Accept-Encoding: gzip'; send that, or ask for less.")


def etag(rev: int) -> dict[str, str]:
    return {"ETag": f'"{rev}"'}


def _check_depth(value: Any) -> None:
    """What is read, checked and compared level by level must not have too many of them."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level]
        level = [below for one in inner if isinstance(one, list) for below in one]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> Invalid:
    return Invalid(
        "body", f"has more than {MAX_DEPTH} objects and lists inside each other; send a flatter one."
    )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")
