"""Take away the roles that the table gives to a user or a machine."""

from assetversions.domain.commands.access import DeleteMembership
from assetversions.domain.errors import NotFound
from assetversions.domain.policy import Membership
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def delete_membership(command: DeleteMembership, services: Services) -> Changed[Membership]:
    """NotFound if there is none; takes hold within a second."""

    def decide() -> tuple[Membership, None]:
        before = services.policies.membership(command.user)
        if before is None:
            raise NotFound("membership of user", command.user)
        return before, None

    return change_policy(services, "membership", command.user, decide)
