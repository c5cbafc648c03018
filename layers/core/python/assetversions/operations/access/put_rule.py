"""Create a rule, or put it in place of the one that has its id."""

from msgspec.structs import replace

from assetversions.domain.commands.access import PutRule
from assetversions.domain.errors import Conflict
from assetversions.domain.policy import PolicyRule
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.people import person_of
from assetversions.engine.policy_commit import change_policy


@operation(action="policy")
def put_rule(command: PutRule, services: Services) -> Changed[PolicyRule]:
    """Conflict if the rule must be new and is not, Invalid for a user who does not exist."""
    rule = _about_persons(command.rule, services)

    def decide() -> tuple[PolicyRule | None, PolicyRule]:
        before = services.policies.rule(rule.rule_id)
        if command.new and before is not None:
            raise Conflict(f"Constraint '{rule.rule_id}' exists already; change it, or choose another id.")
        return before, rule

    return change_policy(services, "rule", rule.rule_id, decide)


def _about_persons(rule: PolicyRule, services: Services) -> PolicyRule:
    """The rule with persons in place of the names that it came with, which stay as labels."""
    names = {name for grant in rule.grants for name in grant.users}
    persons = {name: person_of(services, name, "userPermissions") for name in sorted(names)}
    grants = [replace(grant, users=frozenset(persons[name] for name in grant.users)) for grant in rule.grants]
    return replace(rule, grants=tuple(grants), labels={person: name for name, person in persons.items()})
