"""Take away the roles that the table gives to a user or a machine."""

from assetversions.domain.errors import NotFound
from assetversions.domain.policy import Membership
from assetversions.domain.policy_commands import DeleteMembership
from assetversions.domain.policy_results import Changed
from assetversions.domain.ports import Services
from assetversions.operations.change_policy import change_policy
from assetversions.operations.operation import operation


@operation(action="policy")
def delete_membership(command: DeleteMembership, services: Services) -> Changed[Membership]:
    """NotFound if there is none; takes hold within a second."""

    def decide() -> tuple[Membership, None]:
        before = services.policies.membership(command.user)
        if before is None:
            raise NotFound("membership of user", command.user)
        return before, None

    return change_policy(services, "membership", command.user, decide)
