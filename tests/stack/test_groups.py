"""No stack is near CloudFormation's limits, and a route is its own group's business alone."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.disguise.routes import ROUTES as DISGUISE
from msgspec.structs import asdict

from app import build
from infra import group
from infra.access import PARENT, STACKS
from tests.stack.conftest import STAGE, Resources, read_templates

# CloudFormation takes 500, and twice today's operations must fit.
MOST_RESOURCES = 200


@pytest.mark.parametrize("name", ["", *STACKS])
def test_a_stack_has_room_for_twice_as_much(templates: dict[str, Resources], name: str) -> None:
    assert set(templates) == {"", *STACKS}
    assert 2 * len(templates[name]) <= MOST_RESOURCES


def test_functions_and_routes_are_in_the_stack_of_their_group(templates: dict[str, Resources]) -> None:
    for name, resources in templates.items():
        functions = _of(resources, "AWS::Lambda::Function")
        assert {one["Description"] for one in functions} == set(STACKS[name] if name else PARENT)
        keys = [one["RouteKey"] for one in _of(resources, "AWS::ApiGatewayV2::Route")]
        serving = {operations.function(route.operation) for route in ROUTES if route.key in keys}
        assert serving <= set(STACKS.get(name, ()))


def test_a_function_needs_one_permission_for_all_its_routes_on_an_api(
    templates: dict[str, Resources],
) -> None:
    for resources in templates.values():
        found = _of(resources, "AWS::Lambda::Permission")
        permitted = [(one["FunctionName"], "TokensApi" in json.dumps(one["SourceArn"])) for one in found]
        assert len({json.dumps(one) for one in permitted}) == len(permitted)


def test_an_api_is_put_into_service_when_all_routes_are_there(templates: dict[str, Resources]) -> None:
    stages = [one for one in templates[""].values() if one["Type"] == "AWS::ApiGatewayV2::Stage"]
    assert len(stages) == 2
    nested = {key for key, one in templates[""].items() if one["Type"] == "AWS::CloudFormation::Stack"}
    apart = ("Jobs", "Automatic", "Schedule", "Events", "Deliveries", "Mail", "Outbox", "Console")
    without_routes = {key for key in nested if key.startswith(apart)}
    assert len(without_routes) == len(apart)
    for stage in stages:
        assert nested - without_routes <= set(stage["DependsOn"])


def test_a_new_route_changes_its_own_group_alone(templates: dict[str, Resources], tmp_path: Path) -> None:
    (deleting,) = [route for route in DISGUISE if route.operation == "delete_version"]
    extra = type(deleting)(**(asdict(deleting) | {"key": "DELETE /v1/one-more/{version_id}"}))
    with patch.object(group, "ROUTES", (extra, *ROUTES)):
        build({"stage": STAGE}, str(tmp_path)).synth()
    found = read_templates(tmp_path)
    assert {name for name in templates if found[name] != templates[name]} == {"", "VersionsWrite"}
    added = found["VersionsWrite"].keys() - templates["VersionsWrite"].keys()
    assert [found["VersionsWrite"][key]["Type"] for key in added] == 2 * ["AWS::ApiGatewayV2::Route"]
    changed = [key for key in found[""] if found[""][key] != templates[""].get(key)]
    assert [found[""][key]["Type"] for key in changed] == ["AWS::CloudFormation::Stack"]


def _of(resources: Resources, kind: str) -> list[dict[str, Any]]:
    return [one["Properties"] for one in resources.values() if one["Type"] == kind]
