"""List who has which roles, beside the groups of the user pool."""

from assetversions.domain.policy import Membership
from assetversions.domain.policy_commands import ListMemberships
from assetversions.domain.policy_results import Listing
from assetversions.domain.ports import Services
from assetversions.operations.operation import operation
from assetversions.operations.paging import cut, text_bytes, text_position

_SCOPE = "memberships"


@operation(action="policy", writes=False)
def list_memberships(command: ListMemberships, services: Services) -> Listing[Membership]:
    """By user."""
    found = services.policies.memberships(text_position(command.page, _SCOPE), command.page.size + 1)
    return Listing(*cut(found, command.page, _SCOPE, lambda one: one.user, lambda one: text_bytes(repr(one))))
