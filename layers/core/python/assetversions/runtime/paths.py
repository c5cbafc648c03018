"""What rules see of a route: its operation, its method, and its path both as written and as called."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote

from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import NotFound

# One with a plus takes all that is left of the path, with its slashes.
_PARAMETER = re.compile(r"\{(\w+)(\+?)\}")


def facts(route: Route, parameters: Mapping[str, str]) -> dict[str, Any]:
    """`parameters` are decoded: a rule on a path can't be dodged by another spelling of it.

    A slash inside a parameter stays escaped, so that it can't pass for a step of the path.
    """
    method, template = route.key.split(" ", 1)

    def called(found: re.Match[str]) -> str:
        value = parameters.get(found[1], found[0])
        return value if found[2] else value.replace("/", "%2F")

    path = _PARAMETER.sub(called, template)
    spellings = tuple(dict.fromkeys((path, template)))
    # A rule on GET is one on HEAD, too.
    asked = "GET" if method == "HEAD" else method
    return {"operation": route.operation, "route": spellings, "method": asked}


def prefix(event: Mapping[str, Any]) -> str:
    """What a base path mapping, or a stage with a name, puts before the path that the route matched."""
    template = event["routeKey"].split(" ", 1)[1]
    parameters = event.get("pathParameters") or {}
    matched = unquote(_PARAMETER.sub(lambda found: parameters.get(found[1], ""), template))
    called = unquote(event["rawPath"])
    if called.endswith(matched):
        return called.removesuffix(matched)
    # Path and parameters are not always decoded alike; the prefix holds nothing that could be.
    return "/".join(called.split("/")[: -template.count("/") - parameters.get("proxy", "").count("/")])


def find(text: str) -> tuple[Route, dict[str, str]]:
    """The route that `GET /database/{databaseId}`, or `GET /database/cars`, means; NotFound for none."""
    for route, pattern in _patterns():
        if route.key == text:
            return route, {}
        if found := pattern.fullmatch(text):
            return route, found.groupdict()
    raise NotFound("route", text)


def action(route: Route) -> str | None:
    """The action that the route's operation declares; None for an open one."""
    return operations.find(route.operation).action


@cache
def _patterns() -> tuple[tuple[Route, re.Pattern[str]], ...]:
    """Routes with fewer parameters first, as API Gateway prefers them."""
    routes = sorted(ROUTES, key=lambda route: route.key.count("{"))
    return tuple((route, re.compile(_pattern(route.key))) for route in routes)


def _pattern(key: str) -> str:
    pieces = _PARAMETER.split(key)
    literal = [re.escape(piece) for piece in pieces[::3]]
    named = [
        f"(?P<{name}>{'.+' if rest else '[^/]+'})"
        for name, rest in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    named.append("")
    return "".join(text + name for text, name in zip(literal, named, strict=True))
