"""Remove a role that nothing names any more."""

from collections.abc import Iterator

from assetversions.domain.commands.access import DeleteRole
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.policy import Role
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def delete_role(command: DeleteRole, services: Services) -> Changed[Role]:
    """Conflict while a rule or a membership names it: a role that requires MFA must not lose that unseen."""

    def decide() -> tuple[Role, None]:
        before = services.policies.role(command.name)
        if before is None:
            raise NotFound("role", command.name)
        user = next(_users(services, command.name), None)
        if user is not None:
            raise Conflict(
                f"Role '{command.name}' is still in use: {user} names it; take it from there first."
            )
        return before, None

    return change_policy(services, "role", command.name, decide)


def _users(services: Services, name: str) -> Iterator[str]:
    """The rules and memberships that name the role."""
    for rule in services.policies.rules(None):
        if any(name in grant.roles for grant in rule.grants):
            yield f"constraint '{rule.rule_id}'"
    for membership in services.policies.memberships(None):
        if name in membership.roles:
            yield f"the membership of '{membership.user}'"
