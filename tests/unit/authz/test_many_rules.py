"""Thousands of rules on one role: few are looked at, and they say what a look at all of them would."""

from collections.abc import Sequence
from typing import Any, get_args

import pytest
from authz import guard
from authz.guard import ASSET, Guard
from authz.identity import Identity
from authz.rules import ANYTHING, Operator, Rule
from hypothesis import given, settings
from hypothesis import strategies as st

ANN = Identity("ann", "ann", frozenset({"artist", "guest"}))
MANY = 10_000


class Plain:
    """All rules of one effect, each looked at in turn."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def first(self, attributes: dict[str, Any]) -> Rule | None:
        return next((rule for rule in self._rules if rule.fits(attributes)), None)


def rule(rule_id: str, effect: str = "allow", **more: Any) -> Rule:
    facts = {"rule_id": rule_id, "tier": ASSET, "effect": effect, "roles": ["artist"], "actions": ["read"]}
    return Rule.model_validate(facts | more)


def row(attribute: str, operator: str, *values: str) -> dict[str, Any]:
    return {"attribute": attribute, "operator": operator, "values": values}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the rules whose conditions were tried."""
    seen: list[str] = []
    fits = Rule.fits

    def counted(self: Rule, attributes: dict[str, Any]) -> bool:
        seen.append(self.rule_id)
        return fits(self, attributes)

    monkeypatch.setattr(Rule, "fits", counted)
    return seen


@pytest.mark.parametrize(
    ("conditions", "any_of"),
    [
        ([row("asset_id", "equals", "{}")], []),
        ([row("database_id", "equals", "cars"), row("asset_id", "in", "{}", "{}b")], []),
        ([row("asset_name", "starts_with", "H"), row("tags", "contains", "{}")], []),
        ([], [row("owner", "equals", "{}"), row("tags", "equals", "{}")]),
    ],
)
@pytest.mark.parametrize("effect", ["allow", "deny"])
def test_of_ten_thousand_rules_that_ask_for_equality_those_about_the_thing_are_looked_at(
    looked_at: list[str], conditions: list[Any], any_of: list[Any], effect: str
):
    def filled(rows: list[Any], text: str) -> list[Any]:
        return [one | {"values": [value.format(text) for value in one["values"]]} for one in rows]

    guarded = Guard(
        rule(str(n), effect, conditions=filled(conditions, f"x{n}"), any_of=filled(any_of, f"x{n}"))
        for n in range(MANY)
    )
    thing = {"database_id": "cars", "asset_id": "x77", "asset_name": "House", "tags": ("a", "x77")}
    decision = guarded.decide(ASSET, ANN, "read", thing)
    assert (decision.allowed, decision.rule) == (effect == "allow", "77")
    assert set(looked_at) == {"77"}
    looked_at.clear()
    assert not guarded.allows(ASSET, ANN, "read", thing | {"asset_id": "other", "tags": ()})
    assert looked_at == []


def test_what_is_common_to_all_rules_does_not_choose_among_them(looked_at: list[str]):
    """Whichever of the two stands first."""
    common, own = row("database_id", "equals", "cars"), "asset_id"
    guarded = Guard(
        rule(str(n), conditions=[common, row(own, "equals", str(n))][:: 1 if n % 2 else -1])
        for n in range(1000)
    )
    assert guarded.allows(ASSET, ANN, "read", {"database_id": "cars", "asset_id": "500"})
    assert set(looked_at) == {"500"}


def test_rules_that_ask_for_something_else_are_all_looked_at(looked_at: list[str]):
    guarded = Guard(rule(str(n), conditions=[row("owner", "not_equals", "ann")]) for n in range(5))
    assert not guarded.allows(ASSET, ANN, "read", {"owner": "ann"})
    assert looked_at == list("01234")


WORDS = st.sampled_from(["a", "b", "ab", ""])
CONDITIONS = st.builds(
    row,
    st.sampled_from(["owner", "tags", "asset_name", "database_id"]),
    st.sampled_from(get_args(Operator)),
    WORDS,
    WORDS,
)
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "effect": st.sampled_from(["allow", "deny"]),
            "roles": st.lists(st.sampled_from(["artist", "guest", "other"]), max_size=2),
            "users": st.lists(st.sampled_from(["ann", "bob"]), max_size=1),
            "actions": st.lists(st.sampled_from(["read", "create", "*"]), min_size=1, max_size=2),
            "conditions": st.lists(CONDITIONS, max_size=3),
            "any_of": st.lists(CONDITIONS, max_size=3),
        }
    ),
    max_size=12,
)
TEXT = st.one_of(WORDS, st.just(ANYTHING), st.none())
THINGS = st.fixed_dictionaries(
    {"owner": TEXT, "asset_name": TEXT, "tags": st.one_of(st.lists(WORDS).map(tuple), st.just(ANYTHING))},
    optional={"database_id": TEXT},
)


@settings(max_examples=50)
@given(RULES, THINGS, st.sampled_from(["read", "create"]))
def test_the_decision_and_the_rule_are_those_of_a_look_at_every_rule(
    rows: list[Any], thing: dict[str, Any], action: str
):
    rules = [rule(str(number), **one) for number, one in enumerate(rows)]
    indexed = Guard(rules).decide(ASSET, ANN, action, thing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "Bundle", Plain)
        assert indexed == Guard(rules).decide(ASSET, ANN, action, thing)
