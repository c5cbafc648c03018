"""List who has which roles, beside the groups of the user pool."""

from assetversions.domain.commands.access import ListMemberships
from assetversions.domain.policy import Membership
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "memberships"


@operation(action="policy", writes=False)
def list_memberships(command: ListMemberships, services: Services) -> Listing[Membership]:
    """By person."""
    found = services.policies.memberships(text_position(command.page, _SCOPE), command.page.size + 1)
    return Listing(
        *cut(found, command.page, _SCOPE, lambda one: one.person, lambda one: text_bytes(repr(one)))
    )
