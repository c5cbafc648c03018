"""Machines, the users they act for, and roles that require MFA."""

import time
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import outward
from assetversions.storage.seals import Seals

from tests.integration.events.lanes import Kms
from tests.support import lambda_client
from tests.support.http_world import ASSET, CONSTRAINTS, HttpWorld, constraint, user
from tests.support.lambda_client import MACHINE, machine


def test_a_role_that_requires_mfa_counts_in_a_sign_in_with_it_only(world: HttpWorld):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    world.ok(user("admin"), "PUT", "/roles", {"roleName": "editor", "description": "", "mfaRequired": True})
    assert world.call(user("editor"), "GET", ASSET)[0] == 403
    me = world.ok(user("editor"), "GET", "/auth/me")
    assert (me["roles"], me["rolesWithoutMfa"]) == ([], ["editor"])
    world.people.add("editor", "editor", mfa=True)
    assert world.call(user("editor"), "GET", ASSET)[0] == 403
    confirm = {"userId": "editor", "roleName": ["editor"], "mfaConfirmed": True}
    world.ok(user("admin"), "PUT", "/user-roles", confirm)
    assert world.call(user("editor"), "GET", ASSET)[0] == 403, "it signed in before"
    later = lambda_client.user("editor", "editor", at=time.time() + 1)
    assert world.call(later, "GET", ASSET)[0] == 200
    assert world.ok(world.token(token), "GET", "/auth/me")["rolesWithoutMfa"] == ["editor"]
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["editor"]})
    assert world.call(machine(), "GET", ASSET)[0] == 403


def test_mfa_is_confirmed_of_those_who_have_it_and_withdrawn_again(world: HttpWorld):
    def put(**more: bool) -> tuple[int, Any]:
        body = {"userId": "editor", "roleName": ["editor"]} | more
        return world.call(user("admin"), "PUT", "/user-roles", body)

    status, told = put(mfaConfirmed=True)
    assert (status, "mfaConfirmed" in told["message"]) == (400, True)
    world.people.add("editor", "editor", mfa=True)
    confirmed = put(mfaConfirmed=True)[1]["mfaConfirmedOn"]
    assert confirmed is not None
    assert put()[1]["mfaConfirmedOn"] == confirmed
    assert put(mfaConfirmed=False)[1]["mfaConfirmedOn"] is None
    assert world.call(user("editor"), "PUT", "/user-roles", {})[0] == 403


def test_a_machine_has_the_roles_of_its_memberships_within_its_scopes(world: HttpWorld):
    assert world.call(machine(), "GET", ASSET)[0] == 403
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["admin"]})
    assert world.call(machine(), "GET", ASSET)[0] == 200
    new = {"databaseId": "db2", "description": "a database"}
    assert world.call(machine("data:read"), "POST", "/database", new)[0] == 403
    assert world.call(machine("data:write"), "GET", ASSET)[0] == 403
    assert world.call(machine(), "POST", "/database", new)[0] == 200
    assert world.call(machine(), "POST", CONSTRAINTS, constraint("x"))[0] == 403
    assert world.call(machine(), "POST", "/api-tokens", {"name": "x"})[0] == 403


@pytest.mark.parametrize(
    ("machine_role", "named", "reads", "writes"),
    [
        ("editor", "viewer", 200, 403),
        ("viewer", "admin", 200, 403),
        ("editor", "editor", 200, 200),
        ("editor", "ann", 403, 403),
        ("editor", "nobody", 403, 403),
        ("editor", "", 403, 403),
    ],
)
def test_a_machine_for_a_user_does_what_both_may(
    world: HttpWorld, machine_role: str, named: str, reads: int, writes: int
):
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": [machine_role]})
    new = {"databaseId": "db2", "description": "a database"}
    headers = {"x-user-id": named}
    assert world.call(machine(), "GET", ASSET, headers=headers)[0] == reads
    assert world.call(machine(), "POST", "/database", new, headers=headers)[0] == writes


def test_what_a_machine_makes_for_a_user_is_the_user_s(world: HttpWorld):
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["editor"]})
    new = {"databaseId": "db2", "description": "a database"}
    world.ok(machine(), "POST", "/database", new, headers={"x-user-id": "editor"})
    assert world.ok(user("admin"), "GET", "/database/db2")["createdBy"] == "editor"


def test_a_user_s_own_token_ignores_whom_it_names(world: HttpWorld):
    for named in ("admin", "nobody"):
        assert world.call(user("viewer"), "GET", ASSET, headers={"x-user-id": named})[0] == 200
        assert world.call(user("viewer"), "GET", CONSTRAINTS, headers={"x-user-id": named})[0] == 403


def test_a_machine_for_a_user_makes_no_webhook_that_is_sent_what_the_user_alone_may_read(
    world: HttpWorld,
):
    with patch.object(outward, "seals", lambda: Seals(Kms, lambda: "key")):
        _make_webhooks(world)


def _make_webhooks(world: HttpWorld) -> None:
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["viewer"]})
    facts = {"url": "https://example.com/hook", "events": ["*"]}
    for_admin = {"x-user-id": "admin"}
    assert world.call(machine(), "POST", "/webhooks", facts, headers=for_admin)[0] == 403
    mine = world.ok(user("admin"), "POST", "/webhooks", facts)["webhookId"]
    for method, more in (("PUT", ""), ("POST", "/secret")):
        status, _ = world.call(machine(), method, f"/webhooks/{mine}{more}", facts, headers=for_admin)
        assert status == 403
    own = world.ok(machine(), "POST", "/webhooks", facts)["webhookId"]
    world.ok(machine(), "PUT", f"/webhooks/{own}", facts)
