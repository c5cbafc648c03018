"""List the roles."""

from assetversions.domain.commands.access import ListRoles
from assetversions.domain.policy import Role
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "roles"


@operation(action="policy", writes=False)
def list_roles(command: ListRoles, services: Services) -> Listing[Role]:
    """By name."""
    roles = services.policies.roles(text_position(command.page, _SCOPE), command.page.size + 1)
    return Listing(
        *cut(roles, command.page, _SCOPE, lambda role: role.name, lambda role: text_bytes(repr(role)))
    )
