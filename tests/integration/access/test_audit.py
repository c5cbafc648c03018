"""Telling: which rule decides, who changed what, and which write was refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from assetversions.domain.errors import LostRace
from assetversions.engine import policy_commit
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.items import time_of
from assetversions.storage.dynamodb.policy_store import PolicyStore

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


def test_me_tells_the_roles_that_may_do_what_is_refused(guest: HttpWorld):
    deny = [{"groupId": "editor", "permission": "PUT", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("hands-off", groupPermissions=deny))
    guest.later()
    query = {"route": "POST /roles", "databaseId": "db1", "assetId": "public"}
    told = guest.ok(user("ann"), "GET", "/auth/me", query=query)
    actions = told["asset"]["actions"]
    assert told["api"]["allowedRoles"] == ["admin"]
    assert actions["revert"]["allowedRoles"] == ["admin", "editor"]
    assert actions["update"]["allowedRoles"] == ["admin"]
    assert "allowedRoles" not in actions["read"]


def test_no_role_may_more_than_the_scopes_of_a_credential(world: HttpWorld):
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["admin"]})
    world.later()
    query = {"userId": MACHINE, "route": "GET /roles"}
    assert world.ok(user("admin"), "GET", "/auth/me", query=query)["api"]["allowedRoles"] == []


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


def test_a_refused_write_ages_out_after_the_stage_s_days_and_a_change_of_policy_stays(world: HttpWorld):
    world.ok(user("admin"), "POST", "/roles", {"roleName": "lead", "description": ""})
    assert world.call(user("viewer"), "POST", "/database", {})[0] == 403
    refused, made = wiring.table().query(keys.POLICY_EVENTS, newest_first=True)
    assert (refused["kind"], made["kind"]) == ("write.refused", "role.created")
    kept = datetime.fromtimestamp(int(refused[keys.EXPIRES]), UTC) - time_of(refused["at"])
    assert round(kept / timedelta(days=1), 3) == 14
    assert keys.EXPIRES not in made


def test_a_user_is_on_record_alone_whomever_they_name(world: HttpWorld):
    refused = world.call(user("viewer"), "POST", "/database", {}, headers={"x-user-id": "admin"})
    assert refused[0] == 403
    assert [(event["event"], event["userId"]) for event in world.events()] == [("write.refused", "viewer")]


def test_a_machine_that_is_asked_about_is_one_with_every_scope_and_no_more(world: HttpWorld):
    """No scope hands out access, whatever role the machine has."""
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["admin"]})
    world.later()
    query = {"userId": MACHINE, "route": "GET /roles"}
    told = world.ok(user("admin"), "GET", "/auth/me", query=query)
    assert (told["kind"], sorted(told["scopes"])) == ("machine", ["data:read", "data:write"])
    assert told["api"]["allowed"] is False


def race(world: HttpWorld, other: tuple[Any, ...]) -> Any:
    """The other request comes between the next change's reading and its storing."""
    store = wiring.policies()
    raced: list[Any] = []
    real = store.commit

    def commit(*given: Any) -> None:
        if not raced:
            raced.append(given)
            world.ok(user("admin"), *other)
        real(*given)

    return patch.object(store, "commit", commit)


def test_two_changes_at_once_are_both_made(world: HttpWorld):
    """Both add to what one user has: written as first read, either would undo the other."""

    def give(role: str) -> tuple[Any, ...]:
        return "POST", "/user-roles", {"userId": "ann", "roleName": [role]}

    world.ok(user("admin"), *give("viewer"))
    with race(world, give("editor")):
        world.ok(user("admin"), *give("admin"))
    (membership,) = world.ok(user("admin"), "GET", "/user-roles")["Items"]
    assert set(membership["roleName"]) == {"viewer", "editor", "admin"}


def test_a_change_that_loses_every_race_may_be_sent_again_and_is_not_made(world: HttpWorld):
    role = {"roleName": "guest", "description": ""}
    waited: list[float] = []
    with (
        patch.object(policy_commit, "pauses", lambda: iter([0.1, 0.2])),
        patch("time.sleep", waited.append),
        patch.object(PolicyStore, "commit", side_effect=LostRace("another came first")) as commit,
    ):
        assert world.call(user("admin"), "POST", "/roles", role)[0] == 503
    assert (commit.call_count, waited) == (2, [0.1, 0.2])
    assert world.events() == []


def test_a_role_is_not_given_that_is_removed_meanwhile(world: HttpWorld):
    world.ok(user("admin"), "POST", "/roles", {"roleName": "guest", "description": ""})
    with race(world, ("DELETE", "/roles/guest")):
        given = world.call(user("admin"), "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})
    assert given[0] == 400
    assert world.ok(user("admin"), "GET", "/user-roles")["Items"] == []


def test_what_two_delete_at_once_is_deleted_and_on_record_once(world: HttpWorld):
    """A rule, and a token, whose change moves no revision."""
    world.ok(user("admin"), "POST", CONSTRAINTS, constraint("one"))
    token = world.ok(user("admin"), "POST", "/api-tokens", {"name": "ci"})["tokenId"]
    for path in (f"{CONSTRAINTS}/one", f"/api-tokens/{token}"):
        with race(world, ("DELETE", path)):
            assert world.call(user("admin"), "DELETE", path)[0] == 404
    kinds = [event["event"] for event in world.events()]
    assert (kinds.count("rule.deleted"), kinds.count("token.deleted")) == (1, 1)


def test_a_change_that_changes_nothing_is_answered_and_leaves_no_trace(world: HttpWorld):
    admin = user("admin")
    world.ok(admin, "POST", CONSTRAINTS, constraint("one"))
    world.ok(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["viewer"]})
    before = world.events(), wiring.policies().revision()
    world.ok(admin, "PUT", f"{CONSTRAINTS}/one", constraint("one"))
    world.ok(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["viewer"]})
    assert (world.events(), wiring.policies().revision()) == before


def test_who_may_not_take_others_off_an_asset_is_on_record(guest: HttpWorld):
    body = {
        "eventName": "Asset Version Change",
        "entityName": "Asset",
        "entityId": "public",
        "subscribers": ["editor"],
    }
    guest.ok(user("admin"), "POST", "/subscriptions", body)
    assert guest.call(user("ann"), "DELETE", "/unsubscribe", body)[0] == 403
    refused = [event for event in guest.events() if event["event"] == "write.refused"]
    assert [(event["subject"], event["userId"]) for event in refused] == [("unsubscribe", "ann")]
