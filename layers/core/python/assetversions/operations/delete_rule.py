"""Remove one rule; its last wording stays in the audit."""

from assetversions.domain.errors import NotFound
from assetversions.domain.policy import PolicyRule
from assetversions.domain.policy_commands import DeleteRule
from assetversions.domain.policy_results import Changed
from assetversions.domain.ports import Services
from assetversions.operations.change_policy import change_policy
from assetversions.operations.operation import operation


@operation(action="policy")
def delete_rule(command: DeleteRule, services: Services) -> Changed[PolicyRule]:
    """NotFound if there is no such rule."""

    def decide() -> tuple[PolicyRule, None]:
        before = services.policies.rule(command.rule_id)
        if before is None:
            raise NotFound("constraint", command.rule_id)
        return before, None

    return change_policy(services, "rule", command.rule_id, decide)
