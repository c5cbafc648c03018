"""What a list need look at, by the rules: nothing that may be read lies outside of it."""

from typing import Any, get_args

from assetversions.runtime.access import Caller, Callers
from authz.guard import Guard
from authz.identity import Identity
from authz.rules import Operator, Rule
from hypothesis import given, settings
from hypothesis import strategies as st

ANN, BOT = Identity("ann", "ann", frozenset({"artist"})), Identity("bot", "bot", frozenset({"machine"}))


def row(attribute: str, operator: str, *values: str) -> dict[str, Any]:
    return {"attribute": attribute, "operator": operator, "values": values}


def rule(*conditions: dict[str, Any], role: str = "artist", **more: Any) -> Rule:
    facts = {"rule_id": "r", "tier": "asset", "effect": "allow", "actions": ["read"], "roles": [role]}
    return Rule.model_validate(facts | {"conditions": conditions} | more)


def callers(*rules: Rule, people: tuple[Identity, ...] = (ANN,)) -> Callers:
    return Callers(Guard(rules), tuple(map(Caller, people)))


CARS = row("database_id", "equals", "cars")


def test_rules_that_name_assets_or_tags_of_the_database_tell_which():
    found = callers(
        rule(CARS, row("asset_id", "in", "a", "b")),
        rule(row("tags", "contains", "public")),
        rule(any_of=[row("asset_id", "equals", "c"), row("tags", "equals", "open")]),
        rule(row("database_id", "equals", "boats"), row("asset_id", "equals", "far")),
        rule(row("asset_id", "equals", "denied"), effect="deny"),
        rule(row("asset_id", "equals", "written"), actions=["update"]),
    ).assets_within("cars")
    named, tagged = {("asset_id", one) for one in "abc"}, {("tags", one) for one in ("public", "open")}
    assert found == named | tagged


def test_a_rule_about_the_whole_database_or_by_something_else_tells_nothing():
    one = rule(row("asset_id", "equals", "a"))
    for other in (
        rule(CARS),
        rule(),
        rule(row("owner", "equals", "ann")),
        rule(row("asset_id", "ends_with", "a")),
    ):
        assert callers(one, other).assets_within("cars") is None


def test_who_has_no_rule_about_a_database_reaches_nothing_in_it():
    assert callers(rule(CARS)).assets_within("boats") == frozenset()
    assert callers().assets_within("cars") == frozenset()


def test_rules_that_name_databases_tell_which():
    named = [rule(CARS), rule(row("database_id", "in", "boats", "planes"))]
    found = callers(*named, rule(row("tags", "equals", "public"))).databases()
    assert found == {("database_id", one) for one in ("cars", "boats", "planes")}
    assert callers(*named, rule()).databases() is None


def test_of_two_who_must_both_be_allowed_the_narrower_one_counts():
    both = [rule(), rule(row("asset_id", "equals", "a"), role="machine")]
    assert callers(*both, people=(BOT, ANN)).assets_within("cars") == {("asset_id", "a")}
    both = [rule(row("asset_id", "in", "b", "c")), rule(row("asset_id", "equals", "a"), role="machine")]
    assert callers(*both, people=(ANN, BOT)).assets_within("cars") == {("asset_id", "a")}


WORDS = st.sampled_from(["a", "b", "ab"])
CONDITIONS = st.builds(
    row,
    st.sampled_from(["database_id", "asset_id", "tags", "owner"]),
    st.sampled_from(get_args(Operator)),
    WORDS,
    WORDS,
)
RULES = st.builds(
    lambda conditions, any_of, effect: rule(*conditions, any_of=any_of, effect=effect),
    st.lists(CONDITIONS, max_size=2),
    st.lists(CONDITIONS, max_size=2),
    st.sampled_from(["allow", "allow", "deny"]),
)
THINGS = st.fixed_dictionaries(
    {"database_id": WORDS, "asset_id": WORDS, "tags": st.lists(WORDS, max_size=2), "owner": WORDS}
)


@settings(max_examples=150)
@given(st.lists(RULES, max_size=3), THINGS)
def test_whatever_may_be_read_has_one_of_the_marks(rules: list[Rule], thing: dict[str, Any]):
    asking = callers(*rules)
    database = {"database_id": thing["database_id"]}
    if asking.on_asset("read", thing).allowed:
        within = asking.assets_within(thing["database_id"])
        marks = {("asset_id", thing["asset_id"]), *(("tags", tag) for tag in thing["tags"])}
        assert within is None or within & marks
    if asking.on_asset("read", database).allowed:
        named = asking.databases()
        assert named is None or ("database_id", thing["database_id"]) in named
