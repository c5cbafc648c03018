"""What belongs to a person stays theirs: another one who gets the name gets nothing."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import wiring
from assetversions.runtime.admitted import admission
from assetversions.runtime.executions import Executions
from assetversions.storage.dynamodb import keys

from tests.support.aws import sub_of
from tests.support.http_world import ASSET, CONSTRAINTS, HttpWorld, constraint, on_path, user
from tests.support.lambda_client import MACHINE, Authorizer

ADMIN = user("admin")


@pytest.fixture
def renamed(guest: HttpWorld) -> Iterator[HttpWorld]:
    """Ann, a guest with an API token, was deleted; another Ann came, in no group."""
    guest.key = guest.ok(user("ann"), "POST", "/api-tokens", {"name": "x"})["token"]  # type: ignore[attr-defined]
    guest.people.add("ann", person="another")
    guest.later(60)
    yield guest


def another() -> Authorizer:
    found = user("ann")
    found["jwt"]["claims"]["sub"] = "another"
    return found


def test_a_membership_is_of_the_person_it_was_given_to(renamed: HttpWorld):
    assert renamed.call(another(), "GET", ASSET)[0] == 403
    assert renamed.ok(another(), "GET", "/auth/me")["roles"] == []
    renamed.ok(ADMIN, "PUT", "/user-roles", {"userId": "ann", "roleName": ["viewer"]})
    renamed.later()
    assert renamed.ok(another(), "GET", "/auth/me")["roles"] == ["viewer"]


def test_an_api_token_of_one_who_is_gone_is_refused_and_another_s_list_is_empty(renamed: HttpWorld):
    key: str = renamed.key  # type: ignore[attr-defined]
    assert renamed.call(renamed.token(key), "GET", "/auth/me")[0] == 401
    assert renamed.ok(another(), "GET", "/api-tokens")["Items"] == []
    token_id = key.removeprefix("avt_").rpartition("_")[0]
    assert renamed.call(another(), "DELETE", f"/api-tokens/{token_id}")[0] == 404
    renamed.ok(ADMIN, "DELETE", f"/api-tokens/{token_id}")


def test_the_old_token_of_a_user_makes_no_api_token_for_another(renamed: HttpWorld):
    assert renamed.call(user("ann"), "POST", "/api-tokens", {"name": "x"})[0] in {400, 401}


def test_a_membership_of_one_who_is_gone_can_be_taken_away(renamed: HttpWorld):
    (kept,) = renamed.ok(ADMIN, "GET", "/user-roles")["Items"]
    assert (kept["userId"], kept["personId"]) == ("ann", sub_of("ann"))
    renamed.ok(ADMIN, "PUT", "/user-roles", {"userId": "ann", "roleName": ["viewer"]})
    renamed.ok(ADMIN, "DELETE", "/user-roles", {"userId": sub_of("ann")})
    (left,) = renamed.ok(ADMIN, "GET", "/user-roles")["Items"]
    assert left["personId"] == "another"
    renamed.ok(ADMIN, "DELETE", "/user-roles", {"userId": "ann"})
    assert renamed.call(ADMIN, "DELETE", "/user-roles", {"userId": "ann"})[0] == 404


def test_a_rule_names_the_person_who_was_called_so_when_it_was_written(world: HttpWorld):
    permission = [{"userId": "ann", "permission": "GET", "permissionType": "allow"}]
    named: dict[str, Any] = {"groupPermissions": [], "userPermissions": permission}
    world.ok(ADMIN, "POST", CONSTRAINTS, constraint("ann-reads", **named))
    world.ok(ADMIN, "POST", CONSTRAINTS, on_path("ann-calls", "/database/", **named))
    assert world.call(user("ann"), "GET", ASSET)[0] == 200
    world.people.add("ann", person="another")
    assert world.call(another(), "GET", ASSET)[0] == 403
    assert world.ok(ADMIN, "GET", f"{CONSTRAINTS}/ann-reads")["userPermissions"] == permission
    world.ok(ADMIN, "PUT", CONSTRAINTS, constraint("ann-reads", **named))
    world.ok(ADMIN, "PUT", CONSTRAINTS, on_path("ann-calls", "/database/", **named))
    assert world.call(another(), "GET", ASSET)[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/user-roles", {"userId": "nobody", "roleName": ["viewer"]}),
        (
            "POST",
            CONSTRAINTS,
            constraint(
                "x", userPermissions=[{"userId": "nobody", "permission": "GET", "permissionType": "allow"}]
            ),
        ),
    ],
)
def test_what_is_written_about_nobody_is_refused(world: HttpWorld, method: str, path: str, body: Any):
    status, told = world.call(ADMIN, method, path, body)
    assert (status, "there is no user 'nobody'" in told["message"]) == (400, True)


def rows_of_before(world: HttpWorld) -> None:
    """The table as it was when all belonged to names."""
    table = wiring.table()
    for item in list(world.account.dynamo.items.values()):
        row = {name: value for name, value in item.items() if name not in {"person", "mfa_since"}}
        if row[keys.PARTITION] == keys.MEMBERS:
            table.write(table.delete_existing(keys.membership(row[keys.SORT])))
            row[keys.SORT] = row["user"]
        table.write(table.put(row))


def test_rows_of_before_are_read_and_what_was_given_to_a_name_is_nobody_s_until_it_is_given_anew(
    guest: HttpWorld,
):
    guest.ok(ADMIN, "POST", f"{ASSET}/createVersion", {"allowEmpty": True})
    file = {"relativeKey": "a.txt", "file_size": 1, "num_parts": 1}
    upload = {"assetId": "public", "databaseId": "db1", "uploadType": "assetFile", "files": [file]}
    begun = guest.ok(ADMIN, "POST", "/uploads", upload)["uploadId"]
    with patch.object(Executions, "start", lambda _executions, _name, _given: None):
        later = {"prefer": "respond-async"}
        job = guest.call(ADMIN, "POST", f"{ASSET}/assetversions/1/verify", headers=later)[1]["operationId"]
    rows_of_before(guest)
    guest.later(60)
    for path in ("history", "getVersions", "getVersion/1", f"operations/{job}"):
        guest.ok(ADMIN, "GET", f"{ASSET}/{path}")
    guest.ok(ADMIN, "GET", "/auth/events")
    assert guest.call(ADMIN, "POST", f"/uploads/{begun}/links", upload)[0] == 404
    assert guest.call(user("ann"), "GET", ASSET)[0] == 403
    (kept,) = guest.ok(ADMIN, "GET", "/user-roles")["Items"]
    assert (kept["userId"], kept["personId"]) == ("ann", "ann")
    guest.ok(ADMIN, "DELETE", "/user-roles", {"userId": "ann"})
    guest.ok(ADMIN, "POST", "/user-roles", {"userId": "ann", "roleName": kept["roleName"]})
    guest.later()
    guest.ok(user("ann"), "GET", ASSET)


def test_the_audit_tells_the_person_beside_the_name(guest: HttpWorld):
    assert {event["personId"] for event in guest.events()} == {sub_of("admin")}
    guest.call(user("ann"), "POST", f"{ASSET}/createVersion")
    assert guest.events()[0]["personId"] == sub_of("ann")


def test_who_is_called_like_their_sub_is_nobody_once_they_are_gone(world: HttpWorld):
    """In a pool whose users sign in by e-mail, each is called so; only a machine is its own name."""
    name = "5b0c1f3e-0000-4000-8000-1234567890ab"
    world.people.add(name, person=name)
    for one in (name, MACHINE):
        world.ok(ADMIN, "POST", "/user-roles", {"userId": one, "roleName": ["editor"]})
    assert admission().named(name, name) is not None
    del world.people.users[name]
    world.later()
    assert admission().named(name, name) is None
    assert world.call(ADMIN, "GET", "/auth/me", query={"userId": name})[0] == 404
    assert admission().named(MACHINE, MACHINE) is not None
