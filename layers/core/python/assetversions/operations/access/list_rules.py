"""List the rules: who may do what."""

from assetversions.domain.commands.access import ListRules
from assetversions.domain.policy import PolicyRule
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "rules"


@operation(action="policy", writes=False)
def list_rules(command: ListRules, services: Services) -> Listing[PolicyRule]:
    """By id; a page is full unless it is the last, or a reply would grow too large."""
    after = text_position(command.page, _SCOPE)
    rules = services.policies.rules(after, command.page.size + 1)
    return Listing(
        *cut(rules, command.page, _SCOPE, lambda rule: rule.rule_id, lambda rule: text_bytes(repr(rule)))
    )
