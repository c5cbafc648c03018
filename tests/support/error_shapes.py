"""The shape of an error in each dialect, and which of them a route speaks."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.route import Route


def is_vams(body: Any) -> bool:
    return isinstance(body["message"], str)


def is_posta(body: Any) -> bool:
    return set(body) >= {"type", "title", "status", "detail"}


def is_data_management(body: Any) -> bool:
    shown = {"id", "status", "code", "title", "detail"}
    errors = body["errors"]
    return body["jsonapi"] == {"version": "1.0"} and bool(errors) and all(set(one) >= shown for one in errors)


def is_vault(body: Any) -> bool:
    return set(body) == {"title", "detail", "statusCode", "errorCode"}


def is_disguise(body: Any) -> bool:
    return set(body["error"]) == {"message", "details"}


def is_nothing(body: Any) -> bool:
    """An answer to a HEAD has no body."""
    return body is None


def is_storage(body: Any) -> bool:
    return set(body) == {"reason"}


# By the prefix of a path.
DIALECTS: list[tuple[str, Callable[[Any], bool]]] = [
    ("/assets/{assetId}", is_posta),
    ("/posta/", is_posta),
    ("/data/v1/", is_data_management),
    ("/oss/v2/", is_storage),
    ("/projects/", is_data_management),
    ("/AutodeskDM/", is_vault),
    ("/v1/drives/", is_disguise),
    ("/", is_vams),
]


def spoken(route: Route) -> Callable[[Any], bool]:
    return is_nothing if route.key.startswith("HEAD ") else style(route)


def style(route: Route) -> Callable[[Any], bool]:
    """That of the API which the route is of, be there a body or not."""
    path = route.key.partition(" ")[2]
    return next(shape for prefix, shape in DIALECTS if path.startswith(prefix))
