"""A rule as data: roles or users × actions × conditions × allow or deny; no text is ever evaluated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Operator = Literal[
    "equals", "not_equals", "contains", "not_contains", "starts_with", "ends_with", "in", "not_in"
]
Effect = Literal["allow", "deny"]
Text = Annotated[str, Field(max_length=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=256)]

ANY = "*"
TIERS = ("api", "asset")


class Condition(BaseModel):
    """`attribute` of the thing compared with `values`, of which one must fit (`not_…`: none may)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attribute: Literal[
        "database_id",
        "asset_id",
        "asset_name",
        "asset_type",
        "tags",
        "owner",
        "state",
        "operation",
        "route",
    ]
    operator: Operator
    values: Annotated[tuple[Text, ...], Field(min_length=1)]


class Rule(BaseModel):
    """Applies to a caller who has one of `roles` or is one of `users`, for one of `actions`.

    All `conditions` must be true, and one of `any_of` where there are any. On the api tier an action may
    also be an HTTP method.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule_id: Name
    tier: Literal["api", "asset"]
    effect: Effect
    roles: frozenset[Name] = frozenset()
    users: frozenset[Name] = frozenset()
    actions: Annotated[frozenset[Name], Field(min_length=1)]
    conditions: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()


def read(data: Mapping[str, Any]) -> list[Rule]:
    """The rules in one stored record: one for each of its `grants`, or itself where it has none.

    An allow that can't be read allows nothing. A deny that can't be read denies its subjects everything:
    what was meant to be refused must not slip through.
    """
    if data.get("tier") not in TIERS:
        return []
    shared = {name: data[name] for name in ("rule_id", "tier", "conditions", "any_of") if name in data}
    own = {name: data[name] for name in ("effect", "roles", "users", "actions") if name in data}
    rules = []
    for grant in data.get("grants") or [own]:
        try:
            rules.append(Rule.model_validate({**shared, **grant}))
        except ValidationError:
            if grant.get("effect") != "allow":
                rules.append(_deny_all(data, grant))
    return rules


def _deny_all(data: Mapping[str, Any], grant: Mapping[str, Any]) -> Rule:
    return Rule.model_construct(
        rule_id=str(data.get("rule_id", "")),
        tier=data["tier"],
        effect="deny",
        roles=frozenset(map(str, grant.get("roles") or ())),
        users=frozenset(map(str, grant.get("users") or ())),
        actions=frozenset({ANY}),
    )


_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "equals": str.__eq__,
    "in": str.__eq__,
    "not_equals": str.__eq__,
    "not_in": str.__eq__,
    "contains": str.__contains__,
    "not_contains": str.__contains__,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}


def first(rules: Iterable[Rule], attributes: Mapping[str, Any]) -> Rule | None:
    """The first rule whose conditions are true of the attributes."""
    return next((rule for rule in rules if _fits(rule, attributes)), None)


def applies(rules: Sequence[Rule], attributes: Mapping[str, Any]) -> bool:
    """The one comparison that Casbin calls."""
    return first(rules, attributes) is not None


def _fits(rule: Rule, attributes: Mapping[str, Any]) -> bool:
    for condition in rule.conditions:
        if not _holds(attributes.get(condition.attribute), condition):
            return False
    if not rule.any_of:
        return True
    return any(_holds(attributes.get(condition.attribute), condition) for condition in rule.any_of)


def _holds(actual: Any, condition: Condition) -> bool:
    """A condition on an attribute that is absent is not true, whatever its operator."""
    if actual is None:
        return False
    found = (actual,) if isinstance(actual, str) else actual
    # A tag is a whole word: `contains` asks for the tag, not for a part of one.
    whole = condition.attribute == "tags" and "contains" in condition.operator
    compare = _COMPARE["equals" if whole else condition.operator]
    for text in found:
        for value in condition.values:
            if compare(text, value):
                return not condition.operator.startswith("not_")
    return condition.operator.startswith("not_")
