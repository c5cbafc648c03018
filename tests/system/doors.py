"""Routes at which the system tests ask with a credential: all that want one, or one of each kind.

That each route is behind the authorizer that its row names, tests/stack holds.
"""

from collections.abc import Callable
from typing import Any

from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route

GUARDED = [route for route in ROUTES if not route.open]


def one_of_each(kind: Callable[[Route], Any]) -> list[Route]:
    return list({kind(route): route for route in GUARDED}.values())


def _door(route: Route) -> Any:
    """Which authorizer looks at the credential, and how a refusal is worded."""
    return route.lambda_authorizer, route.token, route.error, route.key.split(" ", 1)[0]


OF_EACH_DOOR = one_of_each(_door)
