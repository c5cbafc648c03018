"""Remove one rule; its last wording stays in the audit."""

from assetversions.domain.commands.access import DeleteRule
from assetversions.domain.errors import NotFound
from assetversions.domain.policy import PolicyRule
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def delete_rule(command: DeleteRule, services: Services) -> Changed[PolicyRule]:
    """NotFound if there is no such rule."""

    def decide() -> tuple[PolicyRule, None]:
        before = services.policies.rule(command.rule_id)
        if before is None:
            raise NotFound("constraint", command.rule_id)
        return before, None

    return change_policy(services, "rule", command.rule_id, decide)
