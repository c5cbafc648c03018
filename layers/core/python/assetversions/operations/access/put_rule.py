"""Create a rule, or put it in place of the one that has its id."""

from assetversions.domain.commands.access import PutRule
from assetversions.domain.errors import Conflict
from assetversions.domain.policy import PolicyRule
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


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
