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
    user = services.users.find(command.user)

    def decide() -> tuple[Membership, None]:
        before = None if user is None else services.policies.membership(user.person)
        before = before or _left_behind(services, command.user)
        if before is None:
            raise NotFound("membership of user", command.user)
        return before, None

    return change_policy(services, "membership", command.user, decide)


def _left_behind(services: Services, name: str) -> Membership | None:
    """That of a machine, or of one who was called so, or is this person, and is no user any more."""
    every = services.policies.memberships(None)
    return next((one for one in every if name in {one.user, one.person}), None)
