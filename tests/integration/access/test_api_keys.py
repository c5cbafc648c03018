"""API tokens in VAMS's shape: the same tokens, under its names, in its spelling."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from assetversions.runtime import wiring
from assetversions.storage.dynamodb import policy_store

from tests.support.http_world import HttpWorld, user

KEYS = "/auth/api-keys"
BEGUN = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
ADMIN, EDITOR = user("admin"), user("editor")


def body(**more: Any) -> dict[str, Any]:
    return {"apiKeyName": "farm", "userId": "editor", "description": "of the farm"} | more


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the time."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(wiring, "now", lambda: moment)

    at(BEGUN)
    return at


def test_a_key_is_told_once_with_its_64_characters(world: HttpWorld):
    made = world.ok(EDITOR, "POST", KEYS, body())
    assert (made["apiKey"][:5], len(made["apiKey"]), str(UUID(made["apiKeyId"]))) == (
        "vams_",
        5 + 64,
        made["apiKeyId"],
    )
    assert world.ok(EDITOR, "GET", f"{KEYS}/{made['apiKeyId']}") == {
        "apiKeyId": made["apiKeyId"],
        "apiKeyName": "farm",
        "userId": "editor",
        "description": "of the farm",
        "isActive": "true",
        "expiresAt": "2026-06-13T10:30:00Z",
        "createdBy": "editor",
        "createdAt": "2026-03-15T10:30:00Z",
        "updatedAt": "2026-03-15T10:30:00Z",
    }


def test_it_is_an_api_token_like_any_other(world: HttpWorld):
    made = world.ok(EDITOR, "POST", KEYS, body())
    me = world.ok(world.token(made["apiKey"]), "GET", "/auth/me")
    assert (me["userId"], me["kind"], me["roles"]) == ("editor", "token", ["editor"])
    [listed] = world.ok(EDITOR, "GET", "/api-tokens")["Items"]
    assert (listed["name"], listed["lastUsedAt"]) == ("farm", "2026-03-15T10:30:00Z")
    world.ok(EDITOR, "DELETE", f"/api-tokens/{listed['tokenId']}")
    assert world.call(world.token(made["apiKey"]), "GET", "/auth/me")[0] == 401
    assert world.ok(ADMIN, "GET", KEYS)["Items"] == []


def test_one_of_ours_is_shown_as_a_key_and_goes_as_one(world: HttpWorld):
    made = world.ok(EDITOR, "POST", "/api-tokens", {"name": "ci"})
    [key] = world.ok(EDITOR, "GET", KEYS)["Items"]
    assert (key["apiKeyName"], key["description"]) == ("ci", "")
    world.ok(EDITOR, "DELETE", f"{KEYS}/{key['apiKeyId']}")
    assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key[:-1],
        lambda key: key + "A",
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: "vams_" + "A" * 64,
        lambda key: "vams_" + "!" * 64,
        lambda _key: "vams_",
        lambda key: key.removeprefix("vams_"),
    ],
)
def test_a_key_that_is_nearly_right_is_wrong(world: HttpWorld, change: Any):
    key = world.ok(EDITOR, "POST", KEYS, body())["apiKey"]
    assert world.call(world.token(key), "GET", "/auth/me")[0] == 200
    assert world.call(world.token(change(key), {"signIn": "https://a.example"}), "GET", "/auth/me")[0] == 401


def test_a_key_that_is_switched_off_is_refused_at_once_and_taken_again(world: HttpWorld, clock: Any):
    made = world.ok(EDITOR, "POST", KEYS, body())
    path = f"{KEYS}/{made['apiKeyId']}"
    clock(BEGUN + timedelta(hours=1))
    off = world.ok(EDITOR, "PUT", path, {"isActive": "false"})
    assert (off["isActive"], off["updatedAt"], off["description"]) == (
        "false",
        "2026-03-15T11:30:00Z",
        "of the farm",
    )
    assert "apiKey" not in off
    assert world.call(world.token(made["apiKey"]), "GET", "/auth/me")[0] == 401
    world.ok(EDITOR, "PUT", path, {"isActive": "true", "description": "again"})
    assert world.call(world.token(made["apiKey"]), "GET", "/auth/me")[0] == 200


@pytest.mark.parametrize(
    ("end", "moment"),
    [
        ("2026-03-20", datetime(2026, 3, 20, tzinfo=UTC)),
        ("2026-03-20T12:00:00+02:00", datetime(2026, 3, 20, 10, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("later", [False, True], ids=["made", "changed"])
def test_an_end_bites_a_date_alone_too(world: HttpWorld, clock: Any, end: str, moment: datetime, later: bool):
    made = world.ok(EDITOR, "POST", KEYS, body() if later else body(expiresAt=end))
    if later:
        world.ok(EDITOR, "PUT", f"{KEYS}/{made['apiKeyId']}", {"expiresAt": end})
    for late, status in ((-1, 200), (0, 401)):
        clock(moment + timedelta(seconds=late))
        assert world.call(world.token(made["apiKey"]), "GET", "/auth/me")[0] == status
    assert world.call(EDITOR, "GET", f"{KEYS}/{made['apiKeyId']}")[0] == 400
    assert world.ok(ADMIN, "GET", KEYS)["Items"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"apiKeyName": None}, "apiKeyName"),
        ({"apiKeyName": ""}, "apiKeyName"),
        ({"userId": None}, "userId"),
        ({"userId": "nobody-at-all"}, "userId"),
        ({"userId": "ann"}, "userId"),
        ({"description": None}, "description"),
        ({"expiresAt": "2026-03-15"}, "expiresAt"),
        ({"expiresAt": "2026-03-15T10:30:00Z"}, "expiresAt"),
        ({"expiresAt": "2027-03-16"}, "expiresAt"),
        ({"expiresAt": "2026-02-30"}, "expiresAt"),
        ({"expiresAt": "tomorrow"}, "expiresAt"),
        ({"expiresAt": "2026-04-01T00:00:00"}, "expiresAt"),
    ],
)
def test_what_makes_no_key_is_400_and_names_the_field(world: HttpWorld, wrong: dict[str, Any], field: str):
    """Ann has no role."""
    said = {name: value for name, value in body(**wrong).items() if value is not None}
    status, told = world.call(ADMIN, "POST", KEYS, said)
    assert (status, field in told["message"]) == (400, True)
    assert world.ok(ADMIN, "GET", KEYS)["Items"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "isActive"),
        ({"isActive": True}, "isActive"),
        ({"isActive": "no"}, "isActive"),
        ({"expiresAt": "2026-03-15"}, "expiresAt"),
        ({"description": 5}, "description"),
    ],
)
def test_what_changes_no_key_is_400_and_names_the_field(world: HttpWorld, wrong: dict[str, Any], field: str):
    made = world.ok(EDITOR, "POST", KEYS, body())
    path = f"{KEYS}/{made['apiKeyId']}"
    before = world.ok(EDITOR, "GET", path)
    status, told = world.call(EDITOR, "PUT", path, wrong)
    assert (status, field in told["message"]) == (400, True)
    assert world.ok(EDITOR, "GET", path) == before


def test_who_has_a_membership_in_place_of_a_group_has_a_role(world: HttpWorld):
    world.ok(ADMIN, "POST", "/user-roles", {"userId": "ann", "roleName": ["viewer"]})
    key = world.ok(ADMIN, "POST", KEYS, body(userId="ann"))["apiKey"]
    assert world.ok(world.token(key), "GET", "/auth/me")["roles"] == ["viewer"]


def test_a_name_is_a_user_s_only_one(world: HttpWorld):
    made = world.ok(EDITOR, "POST", KEYS, body())
    status, told = world.call(EDITOR, "POST", KEYS, body())
    assert (status, "apiKeyName" in told["message"]) == (400, True)
    world.ok(ADMIN, "POST", KEYS, body(userId="viewer"))
    world.ok(EDITOR, "DELETE", f"{KEYS}/{made['apiKeyId']}")
    world.ok(EDITOR, "POST", KEYS, body())


def test_only_those_who_manage_policy_have_to_do_with_others_keys(world: HttpWorld):
    theirs = world.ok(ADMIN, "POST", KEYS, body(userId="admin"))
    mine = world.ok(ADMIN, "POST", KEYS, body())
    assert (mine["userId"], mine["createdBy"]) == ("editor", "admin")
    path = f"{KEYS}/{theirs['apiKeyId']}"
    assert world.call(EDITOR, "POST", KEYS, body(userId="admin"))[0] == 403
    there = {method: world.call(EDITOR, method, path, {"isActive": "false"}) for method in ("PUT", "DELETE")}
    there["GET"] = world.call(EDITOR, "GET", path)
    nowhere = f"{KEYS}/00000000-0000-4000-8000-000000000000"
    for method, (status, told) in there.items():
        sent = {"isActive": "false"} if method == "PUT" else None
        other, same = world.call(EDITOR, method, nowhere, sent)
        assert (status, other) == (400, 400)
        assert told["message"].replace(theirs["apiKeyId"], "") == same["message"].replace(nowhere[15:], "")
    assert [one["apiKeyId"] for one in world.ok(EDITOR, "GET", KEYS)["Items"]] == [mine["apiKeyId"]]
    all_ = {one["apiKeyId"] for one in world.ok(ADMIN, "GET", KEYS)["Items"]}
    assert all_ == {mine["apiKeyId"], theirs["apiKeyId"]}
    assert world.ok(ADMIN, "PUT", f"{KEYS}/{mine['apiKeyId']}", {"isActive": "false"})["isActive"] == "false"


def test_all_keys_are_listed_page_by_page(world: HttpWorld):
    made = {
        world.ok(ADMIN, "POST", KEYS, body(apiKeyName=str(number), userId=name))["apiKeyId"]
        for number in range(12)
        for name in ("editor", "viewer")
    }
    found: list[str] = []
    token: dict[str, str] = {}
    with patch.object(policy_store, "AT_ONCE", 2):
        while True:
            page = world.ok(ADMIN, "GET", KEYS, query={"pageSize": "5"} | token)
            found += [one["apiKeyId"] for one in page["Items"]]
            if "NextToken" not in page:
                break
            token = {"startingToken": page["NextToken"]}
    assert (len(found), set(found)) == (24, made)


def test_each_change_of_a_key_is_on_record_without_the_key(world: HttpWorld):
    made = world.ok(EDITOR, "POST", KEYS, body())
    world.ok(EDITOR, "PUT", f"{KEYS}/{made['apiKeyId']}", {"isActive": "false"})
    world.ok(EDITOR, "DELETE", f"{KEYS}/{made['apiKeyId']}")
    told = [event for event in world.events() if event["event"].startswith("token.")]
    assert [event["event"] for event in told] == ["token.deleted", "token.changed", "token.created"]
    assert made["apiKey"] not in str(told)
