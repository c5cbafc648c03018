"""A rule as data: roles or users × actions × conditions × allow or deny; no text is ever evaluated."""

from collections.abc import Callable, Mapping
from functools import cached_property
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
# Stands for an attribute that nobody knows: whatever a condition asks of it may be true.
ANYTHING = object()


# An attribute with one of the values that it may have.
Key = tuple[str, str]


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
        "versions",
        "operation",
        "route",
    ]
    operator: Operator
    values: Annotated[tuple[Text, ...], Field(min_length=1)]

    @cached_property
    def holds(self) -> Callable[[Mapping[str, Any]], bool]:
        """Whether it is true of a thing's attributes; never of one that is absent, always of ANYTHING."""
        attribute, negative, fits = self.attribute, self.operator.startswith("not_"), self._fits()

        def holds(attributes: Mapping[str, Any]) -> bool:
            actual = attributes.get(attribute)
            if actual is None or actual is ANYTHING:
                return actual is ANYTHING
            found = fits(actual) if isinstance(actual, str) else any(map(fits, actual))
            return found is not negative

        return holds

    @property
    def is_equality(self) -> bool:
        """Whether it is true of those things alone that have one of its values, whole."""
        whole = ("equals", "in", "contains") if self.attribute == "tags" else ("equals", "in")
        return self.operator in whole

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset((self.attribute, value) for value in self.values)

    def _fits(self) -> Callable[[str], bool]:
        values = self.values
        match self.operator:
            case "starts_with":
                return lambda text: text.startswith(values)
            case "ends_with":
                return lambda text: text.endswith(values)
            # A tag is a whole word: `contains` asks for the tag, not for a part of one.
            case "contains" | "not_contains" if self.attribute != "tags":
                return lambda text: any(value in text for value in values)
            case _:
                return frozenset(values).__contains__


class Rule(BaseModel):
    """Applies to a caller who has one of `roles` or is one of the persons `users`, for one of `actions`.

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

    def fits(self, attributes: Mapping[str, Any]) -> bool:
        """Whether its conditions are true of the attributes."""
        for condition in self.conditions:
            if not condition.holds(attributes):
                return False
        return not self.any_of or any(condition.holds(attributes) for condition in self.any_of)

    def ways(self) -> list[frozenset[Key]]:
        """Sets of values: a thing that has none of one of these sets is none of this rule's."""
        found = [condition.keys for condition in self.conditions if condition.is_equality]
        if self.any_of and all(condition.is_equality for condition in self.any_of):
            found.append(frozenset().union(*(condition.keys for condition in self.any_of)))
        return found


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
