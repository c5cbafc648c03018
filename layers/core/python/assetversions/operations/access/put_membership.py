"""Give a user or a machine roles."""

from datetime import datetime

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
    if command.mfa and not _has_mfa(services, command.user):
        raise Invalid(
            "mfaConfirmed",
            "this user has no second factor, or for less than a minute; set one up, and wait for that.",
        )

    def _mfa_since(before: Membership | None) -> datetime | None:
        if command.mfa is None:
            return None if before is None else before.mfa_since
        return services.now() if command.mfa else None

    def decide() -> tuple[Membership | None, Membership]:
        for role in command.roles:
            if services.policies.role(role) is None:
                raise Invalid("roleName", f"there is no role '{role}'; make it first.")
        before = services.policies.membership(person)
        kept = before.roles if before is not None and command.keep else ()
        created_at = services.now() if before is None else before.created_at
        roles = tuple(dict.fromkeys((*kept, *command.roles)))
        return before, Membership(person, command.user, roles, created_at, _mfa_since(before))

    return change_policy(services, "membership", command.user, decide)


def _has_mfa(services: Services, name: str) -> bool:
    user = services.users.find(name)
    return user is not None and user.mfa
