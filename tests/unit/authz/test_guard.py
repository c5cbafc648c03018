"""The guard: nothing is allowed but by a rule, one deny wins, and values are never more than text."""

from typing import Any

import pytest
from authz.guard import API, ASSET, Guard
from authz.identity import Identity
from authz.rules import Rule
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

ANN = Identity("ann", "ann", frozenset({"editor"}))
THING: dict[str, Any] = {"database_id": "db1", "asset_name": "House", "tags": ("red", "blue"), "owner": "ann"}
ODD = [
    "it's", '"', "(", ")", "') || True || ('", "True ||", "__import__('os')", ".*", "[a-z]+", "a\nb", "", " ",
    "p, role, *", "资产", "x" * 10_000, "\\", "{}", "%s", "\x00",
]  # fmt: skip


def rule(effect: str = "allow", tier: str = ASSET, **more: Any) -> Rule:
    facts: dict[str, Any] = {
        "rule_id": "r",
        "tier": tier,
        "effect": effect,
        "roles": ["editor"],
        "actions": ["read"],
    }
    return Rule.model_validate(facts | more)


def condition(attribute: str, operator: str, *values: str) -> dict[str, Any]:
    return {"attribute": attribute, "operator": operator, "values": values}


def allows(*rules: Rule, who: Identity = ANN, action: str = "read", thing: dict[str, Any] = THING) -> bool:
    return Guard(rules).allows(ASSET, who, action, thing)


def on(*conditions: dict[str, Any], effect: str = "allow") -> Rule:
    return rule(effect, conditions=conditions)


def test_without_rules_nothing_is_allowed():
    assert not allows()
    assert not Guard([]).allows(API, Identity("root", "root", frozenset({"admin"})), "read", {})


def test_what_no_rule_allows_is_refused():
    assert allows(rule())
    assert not allows(rule(), action="create")
    assert not allows(rule(), who=Identity("ann", "ann", frozenset({"viewer"})))
    assert not allows(rule(), who=Identity("ann", "ann", frozenset()))


def test_a_rule_of_one_tier_says_nothing_in_the_other():
    assert not allows(rule(tier=API))
    assert Guard([rule(tier=API)]).allows(API, ANN, "read", {})


def test_one_deny_wins_over_every_allow_in_any_order():
    deny = rule("deny", conditions=[condition("tags", "contains", "red")])
    assert not allows(rule(), deny, rule())
    assert not allows(deny, rule())
    assert allows(rule(), deny, thing=THING | {"tags": ("blue",)})


def test_denies_alone_allow_nothing():
    assert not allows(rule("deny"))
    assert not allows(rule("deny"), action="create")


def test_a_rule_may_name_users_instead_of_roles():
    assert allows(rule(roles=[], users=["ann"]))
    assert not allows(rule(roles=[], users=["bob"]))
    assert not allows(rule(roles=[]))


def test_a_role_is_not_a_user_of_the_same_name():
    assert not allows(rule(roles=["ann"]))
    assert not allows(rule(roles=[], users=["editor"]))


def test_the_star_means_every_action_and_only_as_an_action():
    assert allows(rule(actions=["*"]), action="whatever")
    assert not allows(rule(roles=["*"]))
    assert not allows(rule(roles=[], users=["*"]))
    assert not allows(on(condition("owner", "equals", "*")))


@pytest.mark.parametrize(
    ("operator", "values", "fits"),
    [
        ("equals", ["House"], True),
        ("equals", ["house"], False),
        ("equals", ["Hous"], False),
        ("not_equals", ["House"], False),
        ("not_equals", ["Home"], True),
        ("in", ["Home", "House"], True),
        ("in", ["Home"], False),
        ("not_in", ["Home", "House"], False),
        ("not_in", ["Home"], True),
        ("contains", ["ous"], True),
        ("contains", ["x"], False),
        ("starts_with", ["Ho"], True),
        ("starts_with", ["use"], False),
        ("ends_with", ["use"], True),
        ("ends_with", ["Ho"], False),
    ],
)
def test_each_operator_compares_as_its_name_says(operator: str, values: list[str], fits: bool):
    assert allows(on(condition("asset_name", operator, *values))) is fits


def test_contains_on_tags_is_membership_not_a_part_of_a_tag():
    assert allows(on(condition("tags", "contains", "red")))
    assert not allows(on(condition("tags", "contains", "re")))
    assert not allows(on(condition("tags", "not_in", "red", "green")))
    assert allows(on(condition("tags", "not_in", "green")))


@pytest.mark.parametrize("operator", ["equals", "not_equals", "contains", "not_in", "starts_with"])
def test_a_condition_on_an_attribute_that_is_absent_is_not_true(operator: str):
    assert not allows(on(condition("asset_type", operator, "glb")))


def test_all_conditions_of_a_rule_must_be_true():
    red, mine = condition("tags", "contains", "red"), condition("owner", "equals", "ann")
    assert allows(on(red, mine))
    assert not allows(on(red, condition("owner", "equals", "bob")))


@pytest.mark.parametrize("text", ODD)
def test_values_are_compared_as_text_whatever_they_spell(text: str):
    mine = on(condition("owner", "equals", text))
    assert allows(mine, thing=THING | {"owner": text})
    assert not allows(mine, thing=THING | {"owner": text + "x"})
    assert not allows(mine)
    assert not allows(
        rule(), on(condition("owner", "equals", text), effect="deny"), thing=THING | {"owner": text}
    )


@pytest.mark.parametrize("text", [text for text in ODD if 0 < len(text) <= 256])
def test_names_of_users_roles_and_actions_are_text_too(text: str):
    odd = Identity(text, text, frozenset({text}))
    assert allows(rule(roles=[text]), who=odd)
    assert allows(rule(roles=[], users=[text], actions=[text]), who=odd, action=text)
    assert not allows(rule(roles=[text]))


@pytest.mark.parametrize(
    "bad",
    [
        {"tier": "database"},
        {"effect": "permit"},
        {"actions": []},
        {"surprise": 1},
        {"conditions": [condition("colour", "equals", "red")]},
        {"conditions": [condition("owner", "matches", ".*")]},
        {"conditions": [condition("owner", "equals")]},
        {"conditions": [condition("owner", "equals", "x" * 10_001)]},
        {"conditions": [condition("owner", "equals", "ann") | {"or": []}]},
        {"conditions": [{"attribute": "owner", "operator": "equals", "values": "ann"}]},
        {"conditions": "owner == 'ann'"},
        {"roles": [""]},
        {"roles": "admin"},
        {"rule_id": ""},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_when_it_is_parsed(bad: dict[str, Any]):
    with pytest.raises(ValidationError):
        rule(**bad)


WORDS = st.sampled_from(["a", "b", "ab", "red"])
CONDITIONS = st.builds(
    condition,
    st.sampled_from(["owner", "tags", "asset_name", "asset_type"]),
    st.sampled_from(["equals", "not_equals", "contains", "starts_with", "ends_with", "in", "not_in"]),
    WORDS,
    WORDS,
)
RULES = st.builds(
    lambda effect, actions, conditions: rule(effect, actions=actions, conditions=conditions),
    st.sampled_from(["allow", "deny"]),
    st.lists(st.sampled_from(["read", "create", "*"]), min_size=1),
    st.lists(CONDITIONS, max_size=2),
)
THINGS = st.fixed_dictionaries({"owner": WORDS, "asset_name": WORDS, "tags": st.lists(WORDS).map(tuple)})


@given(st.lists(RULES, max_size=3), RULES, THINGS)
def test_one_more_deny_never_allows_more(rules: list[Rule], other: Rule, thing: dict[str, Any]):
    deny = other.model_copy(update={"effect": "deny"})
    assert allows(*rules, thing=thing) or not allows(*rules, deny, thing=thing)


@given(RULES, CONDITIONS, THINGS)
def test_one_more_condition_never_lets_a_rule_allow_more(one: Rule, extra: Any, thing: dict[str, Any]):
    narrowed = Rule.model_validate(
        one.model_dump() | {"conditions": [*one.model_dump()["conditions"], extra]}
    )
    if one.effect == "allow":
        assert allows(one, thing=thing) or not allows(narrowed, thing=thing)


@given(st.lists(RULES, max_size=3), THINGS)
def test_the_order_of_rules_does_not_matter(rules: list[Rule], thing: dict[str, Any]):
    assert allows(*rules, thing=thing) is allows(*reversed(rules), thing=thing)


def test_the_roles_that_may_are_those_that_a_decision_about_them_alone_allows():
    rules = (
        rule(roles=["writer", "editor"], actions=["update"]),
        rule(roles=["all"], actions=["*"], conditions=[condition("database_id", "equals", "db1")]),
        rule(roles=["other"], actions=["*"], conditions=[condition("database_id", "equals", "db2")]),
        rule("deny", roles=["writer"], actions=["update"], conditions=[condition("tags", "contains", "red")]),
        rule(roles=["caller"], tier=API, actions=["PUT"]),
    )
    guard = Guard(rules)
    assert guard.roles_that_may(ASSET, "update", THING) == ("all", "editor")
    assert guard.roles_that_may(ASSET, "update", THING | {"tags": ()}) == ("all", "editor", "writer")
    assert guard.roles_that_may(ASSET, "read", THING | {"database_id": "db3"}) == ()
    assert guard.roles_that_may(API, "update", {"method": "PUT"}) == ("caller",)


def test_of_many_roles_that_may_no_more_than_twenty_are_looked_at():
    guard = Guard(rule(roles=[f"role-{number:03}"]) for number in range(500))
    assert guard.roles_that_may(ASSET, "read", THING) == tuple(f"role-{number:03}" for number in range(20))
