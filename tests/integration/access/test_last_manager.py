"""Whoever changes policy can't leave it without anybody who can."""

from typing import Any
from unittest.mock import patch

import pytest
from assetversions.storage.dynamodb import policy_snapshot
from assetversions.storage.dynamodb.policy_store import PolicyStore

from tests.support.http_world import CONSTRAINTS, HttpWorld, constraint, on_path, user

ADMIN = user("admin")
BOSS = {"roleName": "boss", "description": "manages policy"}
WRITES = [{"groupId": "boss", "permission": "PUT", "permissionType": "allow"}]


def refused(world: HttpWorld, *request: Any, who: Any = ADMIN) -> None:
    before = world.events()
    status, body = world.call(who, *request)
    assert (status, "Nobody could change policy" in body["message"]) == (409, True)
    assert world.events() == before


def admin_rule(**more: Any) -> dict[str, Any]:
    reads = [{"groupId": "admin", "permission": "GET", "permissionType": "allow"}]
    return on_path("admin-api", "/", groupPermissions=reads) | more


DENY = [{"groupId": "admin", "permission": "PUT", "permissionType": "deny"}]


@pytest.mark.parametrize(
    "request_",
    [
        ("DELETE", f"{CONSTRAINTS}/admin-api"),
        ("PUT", CONSTRAINTS, admin_rule()),
        ("PUT", CONSTRAINTS, constraint("admin-api")),
        ("POST", CONSTRAINTS, on_path("no", "/", groupPermissions=DENY)),
        ("PUT", "/roles", {"roleName": "admin", "description": "", "mfaRequired": True}),
    ],
    ids=["delete", "reads only", "about assets", "deny", "MFA that nobody has"],
)
def test_the_last_rule_that_lets_somebody_change_policy_stays(world: HttpWorld, request_: Any):
    refused(world, *request_)


@pytest.fixture
def boss(world: HttpWorld) -> HttpWorld:
    """Ann may write rules, by a role of her own; the starter rule is gone."""
    world.ok(ADMIN, "POST", "/roles", BOSS)
    world.ok(ADMIN, "POST", CONSTRAINTS, on_path("boss-api", "/", groupPermissions=WRITES))
    deletes = [{"groupId": "boss", "permission": "DELETE", "permissionType": "allow"}]
    world.ok(ADMIN, "POST", CONSTRAINTS, on_path("boss-deletes", "/", groupPermissions=deletes))
    world.ok(ADMIN, "POST", "/user-roles", {"userId": "ann", "roleName": ["boss"]})
    world.ok(ADMIN, "DELETE", f"{CONSTRAINTS}/admin-api")
    world.later()
    return world


def test_a_rule_about_assets_is_changed_without_a_look_at_all_rules(world: HttpWorld):
    with patch.object(policy_snapshot, "load", side_effect=AssertionError):
        world.ok(ADMIN, "POST", CONSTRAINTS, constraint("mine"))
        world.ok(ADMIN, "PUT", CONSTRAINTS, constraint("mine", groupPermissions=WRITES))
        world.ok(ADMIN, "DELETE", f"{CONSTRAINTS}/mine")


def test_where_the_caller_still_can_nobody_else_is_looked_up(world: HttpWorld):
    with patch.object(PolicyStore, "memberships", side_effect=AssertionError):
        world.ok(ADMIN, "POST", "/roles", BOSS)
        world.ok(ADMIN, "POST", CONSTRAINTS, on_path("boss-api", "/", groupPermissions=WRITES))
        world.ok(ADMIN, "POST", "/user-roles", {"userId": "ann", "roleName": ["boss"]})


def test_where_another_one_can_a_rule_may_go(boss: HttpWorld):
    assert boss.call(ADMIN, "GET", CONSTRAINTS)[0] == 403
    boss.ok(user("ann"), "PUT", CONSTRAINTS, constraint("x"))


def test_the_last_person_who_can_change_policy_stays(boss: HttpWorld):
    ann = user("ann")
    boss.ok(ann, "PUT", "/roles", {"roleName": "boss", "description": "x"})
    refused_by: list[tuple[Any, ...]] = [
        ("DELETE", "/user-roles", {"userId": "ann"}),
        ("PUT", "/user-roles", {"userId": "ann", "roleName": ["viewer"]}),
        ("DELETE", f"{CONSTRAINTS}/boss-api"),
    ]
    for request_ in refused_by:
        assert boss.call(ann, *request_)[0] == 409, request_


def test_one_who_is_gone_is_nobody_who_can(boss: HttpWorld):
    """Nor is another one who has the name."""
    ann = user("ann")
    boss.ok(ann, "PUT", "/user-roles", {"userId": "viewer", "roleName": ["boss"]})
    del boss.people.users["viewer"]
    assert boss.call(ann, "DELETE", "/user-roles", {"userId": "ann"})[0] == 409
    boss.people.add("viewer", "viewer", person="another")
    assert boss.call(ann, "DELETE", "/user-roles", {"userId": "ann"})[0] == 409
    boss.ok(ann, "PUT", "/user-roles", {"userId": "viewer", "roleName": ["boss"]})
    boss.ok(ann, "DELETE", "/user-roles", {"userId": "ann"})


def test_two_who_take_it_from_each_other_at_once_leave_one_of_them(boss: HttpWorld):
    """Either sees that the other one remains, before the first of them is done."""
    ann, viewer = user("ann"), user("viewer")
    boss.ok(ann, "PUT", "/user-roles", {"userId": "viewer", "roleName": ["boss"]})
    boss.later()
    commit, answers = PolicyStore.commit, list[int]()

    def meanwhile(store: PolicyStore, *change: Any) -> None:
        if not answers:
            answers.append(0)
            answers.append(boss.call(viewer, "DELETE", "/user-roles", {"userId": "ann"})[0])
        commit(store, *change)

    with patch.object(PolicyStore, "commit", meanwhile):
        answers.append(boss.call(ann, "DELETE", "/user-roles", {"userId": "viewer"})[0])
    assert answers[1:] == [200, 409]
    boss.ok(viewer, "PUT", CONSTRAINTS, constraint("x"))
