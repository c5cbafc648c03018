"""Give a user or a machine roles."""

from assetversions.domain.commands.access import PutMembership
from assetversions.domain.errors import Invalid
from assetversions.domain.policy import Membership
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.people import person_of
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def put_membership(command: PutMembership, services: Services) -> Changed[Membership]:
    """Invalid for a user or a role that does not exist."""
    person = person_of(services, command.user, "userId")

    def decide() -> tuple[Membership | None, Membership]:
        for role in command.roles:
            if services.policies.role(role) is None:
                raise Invalid("roleName", f"there is no role '{role}'.")
        before = services.policies.membership(person)
        kept = before.roles if before is not None and command.keep else ()
        created_at = services.now() if before is None else before.created_at
        roles = tuple(dict.fromkeys((*kept, *command.roles)))
        return before, Membership(person, command.user, roles, created_at)

    return change_policy(services, "membership", command.user, decide)
