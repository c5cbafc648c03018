"""Read one rule."""

from assetversions.domain.commands.access import GetRule
from assetversions.domain.errors import NotFound
from assetversions.domain.policy import PolicyRule
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation


@operation(action="policy", writes=False)
def get_rule(command: GetRule, services: Services) -> PolicyRule:
    rule = services.policies.rule(command.rule_id)
    if rule is None:
        raise NotFound("constraint", command.rule_id)
    return rule
