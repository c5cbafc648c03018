"""Tell which of some routes the caller may call, for a client that shows only what leads somewhere."""

from assetversions.domain.access_report import Question
from assetversions.domain.commands.service import ListAllowedRoutes
from assetversions.domain.errors import NotFound
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AllowedRoutes
from assetversions.engine.operation import operation


@operation(action="whoami", writes=False)
def list_allowed_routes(command: ListAllowedRoutes, services: Services) -> AllowedRoutes:
    """What is no route of the API is a page of the client's own: no rule keeps it back."""
    return AllowedRoutes(services.user, [one for one in command.routes if _allowed(services, *one)])


def _allowed(services: Services, method: str, path: str) -> bool:
    try:
        route = services.guard.explain(Question(route=f"{method} {path}")).route
    except NotFound:
        return True
    return route is not None and route.allowed
