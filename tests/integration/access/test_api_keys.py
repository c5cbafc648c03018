"""VAMS's API keys over our API tokens: one store, shown once, off and over as they say."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.runtime import wiring

from tests.support.http_world import HttpWorld, user

KEYS = "/auth/api-keys"
NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)


def made(world: HttpWorld, **more: Any) -> Any:
    body = {"apiKeyName": "farm", "userId": "viewer", "description": "renders"}
    return world.ok(user("viewer"), "POST", KEYS, body | more)


def works(world: HttpWorld, key: str) -> bool:
    """By any route, whatever word stands before it."""
    told = {world.call(world.token(key), "GET", "/auth/me")[0]}
    for word in ("", "Bearer "):
        headers = {"authorization": f"{word}{key}"}
        told.add(world.call({"lambda": {}}, "GET", "/database", headers=headers)[0])
    assert told in ({200}, {401})
    return told == {200}


def test_a_key_is_shown_once_works_and_is_listed_as_the_api_token_that_it_is(world: HttpWorld):
    found = made(world)
    key = found.pop("apiKey")
    assert key.startswith("vams_")
    assert works(world, key)
    found.pop("message")
    assert world.ok(user("viewer"), "GET", KEYS)["Items"] == [found]
    assert world.ok(user("viewer"), "GET", f"{KEYS}/{found['apiKeyId']}") == found
    (token,) = world.ok(user("viewer"), "GET", "/api-tokens")["Items"]
    assert (token["tokenId"], token["name"]) == (found["apiKeyId"], "farm")
    world.ok(user("viewer"), "DELETE", f"{KEYS}/{found['apiKeyId']}")
    assert not works(world, key)
    assert world.call(user("viewer"), "GET", f"{KEYS}/{found['apiKeyId']}")[0] == 404


def test_a_key_that_is_off_is_refused_until_it_is_on_again(world: HttpWorld):
    found = made(world)
    path = f"{KEYS}/{found['apiKeyId']}"
    assert world.ok(user("viewer"), "PUT", path, {"isActive": "false"})["isActive"] == "false"
    assert not works(world, found["apiKey"])
    said = world.ok(user("viewer"), "PUT", path, {"isActive": True, "description": "at night"})
    assert (said["isActive"], said["description"]) == ("true", "at night")
    assert works(world, found["apiKey"])


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2026-03-20", "2026-03-20T00:00:00Z"),
        ("2026-03-20T12:00:00", "2026-03-20T12:00:00Z"),
        ("2026-03-20T12:00:00.5+02:00", "2026-03-20T10:00:00Z"),
    ],
)
def test_a_key_ends_when_it_says_be_it_a_day_or_an_instant(world: HttpWorld, said: str, instant: str):
    with patch.object(wiring, "now", lambda: NOW):
        first, other = made(world, expiresAt=said), made(world, apiKeyName="other")
        later = world.ok(user("viewer"), "PUT", f"{KEYS}/{other['apiKeyId']}", {"expiresAt": said})
    assert (first["expiresAt"], later["expiresAt"]) == (instant, instant)
    end = datetime.fromisoformat(instant)
    for seconds, good in ((-1, True), (1, False)):
        with patch.object(wiring, "now", lambda s=seconds: end + timedelta(seconds=s)):
            assert (works(world, first["apiKey"]), works(world, other["apiKey"])) == (good, good)


@pytest.mark.parametrize(
    "body",
    [
        {"expiresAt": "2020-01-01"},
        {"expiresAt": "2100-01-01"},
        {"expiresAt": "soon"},
        {"expiresAt": 5},
        {"expiresAt": "0001-01-01T00:00:00+23:00"},
        {"description": "x" * 257},
        {"isActive": "maybe"},
        {},
    ],
    ids=repr,
)
def test_what_a_key_can_not_be_is_refused_by_its_name_and_changes_nothing(world: HttpWorld, body: Any):
    before = made(world)
    path = f"{KEYS}/{before['apiKeyId']}"
    status, told = world.call(user("viewer"), "PUT", path, body)
    assert (status, next(iter(body), "isActive") in told["message"]) == (400, True), told
    assert world.ok(user("viewer"), "GET", path).items() <= before.items()
    if "isActive" not in body:
        new = {"apiKeyName": "new"} | body if body else {"apiKeyName": ""}
        assert world.call(user("viewer"), "POST", KEYS, new)[0] == 400
    assert len(world.ok(user("viewer"), "GET", KEYS)["Items"]) == 1


def test_a_person_has_one_key_of_a_name(world: HttpWorld):
    made(world)
    status, told = world.call(user("viewer"), "POST", KEYS, {"apiKeyName": "farm"})
    assert (status, "'farm'" in told["message"]) == (409, True)
    assert world.call(user("editor"), "POST", KEYS, {"apiKeyName": "farm"})[0] == 200


def test_only_those_who_manage_policy_have_to_do_with_others_keys(world: HttpWorld):
    path = f"{KEYS}/{made(world)['apiKeyId']}"
    for method, body in (("GET", None), ("PUT", {"isActive": "false"}), ("DELETE", None)):
        assert world.call(user("editor"), method, path, body)[0] == 404
        assert world.call(user("admin"), method, path, body)[0] == 200
