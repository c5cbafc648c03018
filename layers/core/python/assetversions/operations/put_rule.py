"""Create a rule, or put it in place of the one that has its id."""

from assetversions.domain.errors import Conflict
from assetversions.domain.policy import PolicyRule
from assetversions.domain.policy_commands import PutRule
from assetversions.domain.policy_results import Changed
from assetversions.domain.ports import Services
from assetversions.operations.change_policy import change_policy
from assetversions.operations.operation import operation


@operation(action="policy")
def put_rule(command: PutRule, services: Services) -> Changed[PolicyRule]:
    """Conflict if the rule must be new and is not."""
    rule = command.rule

    def decide() -> tuple[PolicyRule | None, PolicyRule]:
        before = services.policies.rule(rule.rule_id)
        if command.new and before is not None:
            raise Conflict(f"Constraint '{rule.rule_id}' exists already.")
        return before, rule

    return change_policy(services, "rule", rule.rule_id, decide)
