"""Create a role, or change what is said about it."""

from assetversions.domain.commands.access import PutRole
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.policy import Role
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def put_role(command: PutRole, services: Services) -> Changed[Role]:
    """Conflict if a new role is there already, NotFound if one to change is not."""

    def decide() -> tuple[Role | None, Role]:
        before = services.policies.role(command.name)
        if command.new and before is not None:
            raise Conflict(f"Role '{command.name}' exists already; change it, or choose another name.")
        if not command.new and before is None:
            raise NotFound("role", command.name)
        created_at = services.now() if before is None else before.created_at
        return before, Role(command.name, command.description, command.requires_mfa, created_at)

    return change_policy(services, "role", command.name, decide)
