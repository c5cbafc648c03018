"""VAMS's constraints: what they mean here, how they come back, and what is refused when written."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams import constraints
from assetversions.dialects.vams.requests import policy as policy_requests
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.policy import Criterion, Grant, PolicyRule

GET = {"groupId": "artist", "permission": "GET", "permissionType": "allow"}
PUBLIC = {"field": "tags", "operator": "contains", "value": "public"}


def body(**more: Any) -> dict[str, Any]:
    return {
        "identifier": "one",
        "name": "One",
        "description": "the first",
        "objectType": "asset",
        "criteriaAnd": [PUBLIC],
        "groupPermissions": [GET],
    } | more


def read(**more: Any) -> PolicyRule:
    return policy_requests.create_rule(Request(body=json.dumps(body(**more)))).rule


def test_a_constraint_becomes_one_rule():
    assert read() == PolicyRule(
        rule_id="one",
        tier="asset",
        grants=(Grant("allow", frozenset({"read"}), roles=frozenset({"artist"})),),
        conditions=(Criterion("tags", "contains", ("public",)),),
        name="One",
        description="the first",
    )


@pytest.mark.parametrize(
    ("method", "actions"),
    [
        ("GET", {"read"}),
        ("PUT", {"update", "archive", "publish"}),
        ("POST", {"create", "revert"}),
        ("DELETE", {"delete"}),
    ],
)
def test_a_method_on_an_asset_means_these_actions(method: str, actions: set[str]):
    (grant,) = read(groupPermissions=[GET | {"permission": method}]).grants
    assert grant.actions == actions


def test_a_method_on_an_api_is_the_method_of_the_route():
    path = {"field": "route__path", "operator": "starts_with", "value": "/database"}
    rule = read(objectType="api", criteriaAnd=[path], groupPermissions=[GET, GET | {"permission": "POST"}])
    assert rule.grants[0].actions == {"GET", "POST"}
    assert rule.conditions == (Criterion("route", "starts_with", ("/database",)),)


def test_a_put_on_an_api_is_a_patch_as_well_and_comes_back_as_a_put():
    path = {"field": "route__path", "operator": "starts_with", "value": "/v1/"}
    put = GET | {"permission": "PUT"}
    rule = read(objectType="api", criteriaAnd=[path], groupPermissions=[put])
    assert rule.grants[0].actions == {"PUT", "PATCH"}
    assert constraints.spell(rule)["groupPermissions"] == [put]


def test_a_criterion_may_ask_how_many_versions_there_are():
    none = {"field": "versions", "operator": "equals", "value": "0"}
    assert read(criteriaAnd=[none]).conditions == (Criterion("versions", "equals", ("0",)),)


def test_users_and_denials_are_grants_of_their_own():
    deny = {"userId": "ann", "permission": "PUT", "permissionType": "deny"}
    _, grant = read(userPermissions=[deny]).grants
    assert grant == Grant("deny", constraints.ASSET_ACTIONS["PUT"], users=frozenset({"ann"}))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"criteriaAnd": [], "criteriaOr": [PUBLIC]},
        {"criteriaOr": [{"field": "owner", "operator": "is_not_one_of", "value": ["ann", "bob"]}]},
        {"userPermissions": [{"userId": "ann", "permission": "DELETE", "permissionType": "deny"}]},
        {
            "objectType": "pipeline",
            "criteriaAnd": [{"field": "pipelineId", "operator": "does_not_contain", "value": "x"}],
        },
    ],
    ids=str,
)
def test_a_constraint_comes_back_as_it_was_written(facts: dict[str, Any]):
    spelled = constraints.spell(read(**facts))
    wanted = {"criteriaOr": [], "userPermissions": []} | body(**facts)
    assert {name: spelled[name] for name in wanted if name != "identifier"} == {
        name: value for name, value in wanted.items() if name != "identifier"
    }
    assert spelled["constraintId"] == "one"


def test_only_apis_and_assets_decide_here():
    kinds = {
        kind: constraints.spell(PolicyRule("x", kind, ()))["evaluated"] for kind in constraints.OBJECT_TYPES
    }
    assert {kind for kind, evaluated in kinds.items() if evaluated} == {"api", "asset"}
    assert len(kinds) == 11


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"criteriaAnd": [PUBLIC | {"field": "colour"}]}, "criteriaAnd.0.field"),
        ({"criteriaAnd": [PUBLIC | {"field": "route__path"}]}, "criteriaAnd.0.field"),
        ({"criteriaAnd": [PUBLIC, PUBLIC | {"operator": "matches"}]}, "criteriaAnd.1.operator"),
        ({"criteriaOr": [PUBLIC | {"operator": "is_one_of"}]}, "criteriaOr.0.value"),
        ({"criteriaAnd": [PUBLIC | {"value": ["public"]}]}, "criteriaAnd.0.value"),
        ({"criteriaAnd": [PUBLIC | {"value": 7}]}, "criteriaAnd.0.value"),
        ({"criteriaAnd": [PUBLIC | {"value": ""}]}, "criteriaAnd.0.value"),
        ({"criteriaOr": [PUBLIC | {"operator": "is_one_of", "value": []}]}, "criteriaOr.0.value"),
        ({"criteriaOr": [PUBLIC | {"operator": "is_one_of", "value": ["a", 7]}]}, "criteriaOr.0.value"),
        ({"criteriaAnd": [PUBLIC | {"value": "x" * 10_001}]}, "criteriaAnd.0.value"),
        ({"criteriaAnd": []}, "criteriaAnd"),
        ({"criteriaAnd": "tags == 'public'"}, "criteriaAnd"),
        ({"groupPermissions": []}, "groupPermissions"),
        ({"groupPermissions": [GET | {"permission": "PATCH"}]}, "groupPermissions.0.permission"),
        ({"groupPermissions": [GET | {"permissionType": "maybe"}]}, "groupPermissions.0.permissionType"),
        ({"groupPermissions": [GET | {"groupId": "two words"}]}, "groupPermissions.0.groupId"),
        ({"objectType": "planet"}, "objectType"),
        ({"identifier": None}, "identifier"),
        ({"identifier": "a/b"}, "identifier"),
        ({"constraintId": "two"}, "identifier"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_wrong_is_named_when_it_is_written(wrong: dict[str, Any], field: str):
    with pytest.raises(Invalid) as caught:
        read(**wrong)
    assert caught.value.field == field


def test_a_constraint_has_a_largest_size():
    many = [PUBLIC | {"value": "x" * 10_000}] * 11
    with pytest.raises(TooLarge):
        read(criteriaAnd=many)
