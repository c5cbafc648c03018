"""Plans as policy: off at first; switched on as docs/security.md says, a second version takes a role."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import lambda_client
from tests.support.aws import starter
from tests.support.http_world import ASSET, HttpWorld, user

PAGE = Path(__file__).parents[3] / "docs/security.md"
VERSIONS = f"{ASSET}/getVersions"
PLANS = ("Pro", "Studio")


@pytest.fixture
def plans(world: HttpWorld) -> HttpWorld:
    """The very commands of the page."""
    (section,) = re.findall(r"^## Plans\n.*?```sh\n(.*?)```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    commands = re.findall(r"curl -X (\w+) \$API_URL(\S+) -H \S+ \S+ \S+ -d '(.*?)'", section, re.DOTALL)
    assert len(commands) == section.count("curl")
    for method, path, body in commands:
        world.ok(user("admin"), method, path, json.loads(body))
    return world


def planned(plan: str) -> dict[str, Any]:
    """An editor whose token claims a plan."""
    return lambda_client.user("editor", "editor", plan)


def create(world: HttpWorld, who: dict[str, Any]) -> int:
    return world.call(who, "POST", f"{ASSET}/createVersion", {"allowEmpty": True})[0]


def numbers(world: HttpWorld) -> list[str]:
    return [one["Version"] for one in world.ok(user("viewer"), "GET", VERSIONS)["versions"]]


def content(world: HttpWorld) -> tuple[str, dict[str, str]]:
    """Where Posta and Disguise have the asset."""
    ids = world.ok(user("viewer"), "GET", ASSET)["ids"]
    return f"/assets/{ids['posta']}/versions", ids["disguise"]


def test_it_is_off_by_default(world: HttpWorld):
    assert [create(world, user("editor")) for _ in range(3)] == [200, 200, 200]
    assert "versions" not in json.dumps(starter("starter_policy.json"))


def test_an_editor_makes_the_first_version_and_no_more(plans: HttpWorld):
    assert [create(plans, user("editor")) for _ in range(3)] == [200, 403, 403]
    assert numbers(plans) == ["1"]
    other = "/database/db1/assets/secret"
    assert plans.call(user("editor"), "POST", f"{other}/createVersion", {"allowEmpty": True})[0] == 200


@pytest.mark.parametrize("plan", PLANS)
def test_a_claimed_plan_makes_more(plans: HttpWorld, plan: str):
    assert [create(plans, planned(plan)) for _ in range(3)] == [200, 200, 200]
    assert create(plans, planned("Basic")) == 403


def test_a_membership_is_a_plan_as_well(plans: HttpWorld):
    assert [create(plans, user("editor")) for _ in range(2)] == [200, 403]
    plans.ok(user("admin"), "POST", "/user-roles", {"userId": "editor", "roleName": ["Studio"]})
    assert create(plans, user("editor")) == 200
    plans.ok(user("admin"), "DELETE", "/user-roles", {"userId": "editor"})
    assert create(plans, user("editor")) == 403


def test_every_way_to_a_second_version_is_closed(plans: HttpWorld):
    assert create(plans, user("editor")) == 200
    posta, disguise = content(plans)
    version = plans.ok(user("viewer"), "GET", posta)["items"][0]["id"]
    (shown,) = plans.ok(user("viewer"), "GET", _drive(disguise))["data"]
    for method, path, body in (
        ("POST", f"{ASSET}/createVersion", {"allowEmpty": True}),
        ("POST", f"{ASSET}/assetversions/1/clone", {}),
        ("POST", f"{ASSET}/revertAssetVersion/1", {}),
        ("POST", f"{ASSET}/assetversions/1/activate", {}),
        ("POST", posta, {}),
        ("POST", f"{posta}/{version}/clone", {}),
        ("PATCH", f"{_drive(disguise)}/{shown['id']}", {"label": "x", "set_active": True}),
    ):
        assert plans.call(user("editor"), method, path, body)[0] == 403, (method, path)
    assert numbers(plans) == ["1"]


def test_what_makes_no_version_stays_as_it_was(plans: HttpWorld):
    assert create(plans, user("editor")) == 200
    _, disguise = content(plans)
    (shown,) = plans.ok(user("viewer"), "GET", _drive(disguise))["data"]
    label = {"label": "Version 1"}
    body = plans.ok(user("editor"), "PATCH", f"{_drive(disguise)}/{shown['id']}", label)
    assert body["label"] == "Version 1"
    facts = {"databaseId": "db1", "assetName": "x", "description": "an asset"}
    plans.ok(user("editor"), "POST", "/assets", facts)
    plans.ok(user("editor"), "POST", f"{ASSET}/assetversions/1/publish")
    assert plans.call(user("viewer"), "POST", f"{ASSET}/createVersion", {"allowEmpty": True})[0] == 403


def test_the_admin_needs_no_plan(plans: HttpWorld):
    assert [create(plans, user("admin")) for _ in range(2)] == [200, 200]


def test_deleted_versions_are_not_counted(plans: HttpWorld):
    assert create(plans, user("editor")) == 200
    plans.ok(user("admin"), "DELETE", f"{ASSET}/assetversions/1")
    assert [create(plans, user("editor")) for _ in range(2)] == [200, 403]


def test_me_tells_so(plans: HttpWorld):
    asked = {"databaseId": "db1", "assetId": "public"}
    before = plans.ok(user("editor"), "GET", "/auth/me", query=asked)["asset"]["actions"]["create"]
    assert create(plans, user("editor")) == 200
    after = plans.ok(user("editor"), "GET", "/auth/me", query=asked)["asset"]["actions"]["create"]
    assert (before["allowed"], before["rule"], after["allowed"]) == (True, "first-version", False)


def _drive(disguise: dict[str, str]) -> str:
    return f"/v1/drives/{disguise['drive']}/content/{disguise['content']}/versions"
