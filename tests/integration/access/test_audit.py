"""Telling: which rule decides, who changed what, and which write was refused."""

from typing import Any
from unittest.mock import patch

from assetversions.runtime import wiring

from tests.support.http_world import ASSET, CONSTRAINTS, HttpWorld, constraint, on_path, user
from tests.support.lambda_client import MACHINE, machine


def test_me_tells_which_rule_decides(guest: HttpWorld):
    query = {"route": "GET /database/db1/assets/secret", "databaseId": "db1", "assetId": "public"}
    told = guest.ok(user("ann"), "GET", "/auth/me", query=query)
    assert (told["api"]["allowed"], told["api"]["rule"]) == (True, "guest-api")
    actions = told["asset"]["actions"]
    assert (actions["read"]["allowed"], actions["read"]["rule"]) == (True, "guest-assets")
    assert (actions["update"]["allowed"], actions["update"]["rule"]) == (False, None)
    by_admin = guest.ok(user("admin"), "GET", "/auth/me", query=query | {"userId": "ann"})
    assert (by_admin["api"], by_admin["asset"]) == (told["api"], told["asset"])
    assert guest.call(user("ann"), "GET", "/auth/me", query={"userId": "admin"})[0] == 403
    assert guest.call(user("admin"), "GET", "/auth/me", query={"userId": "nobody"})[0] == 404
    assert guest.call(user("ann"), "GET", "/auth/me", query={"route": "GET /nowhere"})[0] == 404


def test_every_change_of_policy_is_on_record(guest: HttpWorld):
    admin = user("admin")
    guest.ok(admin, "PUT", f"{CONSTRAINTS}/guest-api", on_path("guest-api", "/database"))
    guest.ok(admin, "DELETE", f"{CONSTRAINTS}/guest-api")
    told = [(event["event"], event["subject"], event["userId"]) for event in guest.events()]
    assert told == [
        ("rule.deleted", "guest-api", "admin"),
        ("rule.changed", "guest-api", "admin"),
        ("membership.created", "ann", "admin"),
        ("rule.created", "guest-api", "admin"),
        ("rule.created", "guest-assets", "admin"),
        ("role.created", "guest", "admin"),
    ]
    changed = guest.events()[1]["detail"]
    assert "/database/db1/" in changed["before"]
    assert "/database/db1/" not in changed["after"]


def test_every_refused_write_is_on_record_with_the_rule_that_refused(guest: HttpWorld):
    deny = [{"groupId": "editor", "permission": "PUT", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("hands-off", groupPermissions=deny))
    create = [{"groupId": "editor", "permission": "POST", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("no-more", groupPermissions=create))
    facts = {"databaseId": "db1", "assetName": "x", "description": "an asset", "tags": ["public"]}
    assert guest.call(user("editor"), "PUT", f"{ASSET}/assetversions/1", {"comment": "x"})[0] == 403
    assert guest.call(user("editor"), "POST", "/assets", facts)[0] == 403
    assert guest.call(user("ann"), "GET", "/database/db1/assets/secret")[0] == 403
    assert guest.call(machine(), "POST", "/database", {}, headers={"x-user-id": "ann"})[0] == 403
    told = [
        (event["subject"], event["userId"], event["detail"]["rule"])
        for event in guest.events()
        if event["event"] == "write.refused"
    ]
    assert told == [
        ("create_database", f"{MACHINE} for ann", None),
        ("create_asset", "editor", "no-more"),
        ("update_version", "editor", "hands-off"),
    ]


def test_two_changes_at_once_are_both_made(world: HttpWorld):
    """The other change comes between this one's reading and its storing."""
    store, raced = wiring.policies(), []
    real = store.commit

    def commit(change: Any, seen: int | None) -> None:
        if not raced:
            raced.append(seen)
            world.ok(user("admin"), "POST", "/roles", {"roleName": "other", "description": ""})
        real(change, seen)

    with patch.object(store, "commit", commit):
        world.ok(user("admin"), "POST", "/roles", {"roleName": "guest", "description": ""})
    names = {role["roleName"] for role in world.ok(user("admin"), "GET", "/roles")["Items"]}
    assert {"guest", "other"} < names
