"""A rule as data: roles or users × actions × conditions × allow or deny; no text is ever evaluated."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from authz.identity import Identity

Operator = Literal["equals", "not_equals", "contains", "starts_with", "ends_with", "in", "not_in"]
Text = Annotated[str, Field(max_length=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=256)]

ANY = "*"


class Condition(BaseModel):
    """`attribute` of the thing compared with `values`, of which one must fit (`not_…`: none may)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attribute: Literal[
        "database_id", "asset_id", "asset_name", "asset_type", "tags", "owner", "operation", "route"
    ]
    operator: Operator
    values: Annotated[tuple[Text, ...], Field(min_length=1)]


class Rule(BaseModel):
    """Applies to a caller who has one of `roles` or is one of `users`, for one of `actions`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule_id: Name
    tier: Literal["api", "asset"]
    effect: Literal["allow", "deny"]
    roles: frozenset[Name] = frozenset()
    users: frozenset[Name] = frozenset()
    actions: Annotated[frozenset[Name], Field(min_length=1)]
    conditions: tuple[Condition, ...] = ()


_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "equals": str.__eq__,
    "in": str.__eq__,
    "not_equals": str.__eq__,
    "not_in": str.__eq__,
    "contains": str.__contains__,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}


def applies(rule: Rule, identity: Identity, action: str, attributes: Mapping[str, Any]) -> bool:
    """Whether a rule concerns this caller and action, and all its conditions are true of the attributes."""
    concerns = identity.user in rule.users or not identity.roles.isdisjoint(rule.roles)
    if not concerns or not (action in rule.actions or ANY in rule.actions):
        return False
    return all(_holds(attributes.get(condition.attribute), condition) for condition in rule.conditions)


def _holds(actual: Any, condition: Condition) -> bool:
    """A condition on an attribute that is absent is not true, whatever its operator."""
    if actual is None:
        return False
    several = not isinstance(actual, str)
    compare = str.__eq__ if several and condition.operator == "contains" else _COMPARE[condition.operator]
    found = list(actual) if several else [actual]
    fits = any(compare(text, value) for text in found for value in condition.values)
    return fits is not condition.operator.startswith("not_")
