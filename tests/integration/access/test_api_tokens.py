"""API tokens: shown once, never more than their user, over when they are revoked or expire."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.error import URLError

import pytest
from assetversions.domain.errors import Busy
from assetversions.runtime import authorizer, wiring
from assetversions.runtime.credentials import NOBODY
from assetversions.storage.dynamodb import keys, token_keys
from assetversions.storage.dynamodb.policy_store import PolicyStore
from authz.tokens import JwtVerifier
from botocore.exceptions import ClientError
from jose import jwt

from tests.support.aws import sub_of
from tests.support.http_world import CONSTRAINTS, HttpWorld, on_path, user
from tests.support.lambda_client import Context


def test_an_api_token_is_shown_once_and_kept_as_a_digest(world: HttpWorld):
    made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    listed = world.ok(user("editor"), "GET", "/api-tokens")["Items"]
    assert [(token["tokenId"], "token" in token) for token in listed] == [(made["tokenId"], False)]
    everything = json.dumps(list(world.account.dynamo.items.values()), default=str)
    assert made["tokenId"] in everything
    assert made["token"].rsplit("_", 1)[1] not in everything


def test_an_api_token_is_its_user_with_the_groups_of_this_moment(world: HttpWorld):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    me = world.ok(world.token(token), "GET", "/auth/me")
    assert (me["userId"], me["kind"], me["roles"]) == ("editor", "token", ["editor"])
    del world.people.users["editor"]
    assert world.call(world.token(token), "GET", "/auth/me")[0] == 401


def test_an_api_token_can_be_narrower_than_its_user(world: HttpWorld):
    body = {"name": "ci", "scopes": ["data:read"]}
    token = world.ok(user("editor"), "POST", "/api-tokens", body)["token"]
    route = {"route": "POST /database"}
    told = world.ok(world.token(token), "GET", "/auth/me", query=route)
    assert (told["scopes"], told["api"]["allowed"]) == (["data:read"], False)
    assert world.ok(user("editor"), "GET", "/auth/me", query=route)["api"]["allowed"] is True


def test_where_the_stores_have_too_much_to_do_a_token_is_neither_taken_nor_refused(world: HttpWorld):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    overloaded = ClientError({"Error": {"Code": "ThrottlingException"}}, "GetItem")
    with patch.object(PolicyStore, "token", side_effect=overloaded):
        assert world.call(world.token(token), "GET", "/auth/me")[0] == 503
    denied = ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetItem")
    with patch.object(PolicyStore, "token", side_effect=denied), pytest.raises(ClientError):
        world.call(world.token(token), "GET", "/auth/me")


def test_where_it_can_not_be_told_who_calls_nobody_is_refused(world: HttpWorld):
    """Neither the pool's keys nor the word of the pool can be had: the same request is good in a moment."""
    key = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    with patch.object(world.people, "find", side_effect=Busy("asked too much")):
        assert world.call(world.token(key), "GET", "/auth/me")[0] == 503

    def no_keys() -> Any:
        raise URLError("no route")

    token = jwt.encode({}, "secret", headers={"kid": "one"})
    with patch.object(authorizer, "jwt_verifier", lambda: JwtVerifier("issuer", [], no_keys)):
        assert world.call(world.token(token), "GET", "/auth/me")[0] == 503


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key[:-1],
        lambda key: key + "0",
        lambda key: key.upper(),
        lambda key: key[:-64] + "0" * 64,
        lambda key: key.replace("editor", "viewer"),
        lambda _key: "avt_",
        lambda _key: "avt__",
    ],
)
def test_a_token_that_is_nearly_right_is_wrong(world: HttpWorld, change: Any):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    assert world.call(world.token(token), "GET", "/auth/me")[0] == 200
    with patch.object(authorizer, "jwt_verifier", _no_keys):
        assert world.call(world.token(change(token)), "GET", "/auth/me")[0] == 401


@pytest.mark.parametrize(
    "headers", [None, {}, {"authorization": ""}, {"authorization": "Bearer "}, {"x-api-key": " "}]
)
def test_who_sends_no_credential_is_told_to_sign_in(world: HttpWorld, headers: dict[str, str] | None):
    with patch.object(authorizer, "jwt_verifier", _no_keys):
        found = authorizer.handler({"headers": headers}, Context())
    assert found == {"isAuthorized": True, "context": {"problem": NOBODY}}
    assert world.call({"lambda": found["context"]}, "GET", "/auth/me")[0] == 401


def _no_keys() -> Any:
    return JwtVerifier("issuer", [], list)


@pytest.mark.parametrize("days", [1, 30])
def test_a_token_lives_for_as_many_days_as_it_was_asked_for(world: HttpWorld, days: int):
    """To the second, by the clock."""
    begun = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
    with patch.object(wiring, "now", lambda: begun):
        made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci", "expiresInDays": days})
    for late, status in ((-1, 200), (0, 401), (1, 401)):
        now = begun + timedelta(days=days, seconds=late)
        with patch.object(wiring, "now", lambda now=now: now):
            assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == status


@pytest.mark.parametrize(("days", "status"), [(365, 200), (366, 400), (10**9, 400), (0, 400)])
def test_a_token_lives_for_as_long_as_the_stage_says_at_most(world: HttpWorld, days: int, status: int):
    body = {"name": "ci", "expiresInDays": days}
    assert world.call(user("editor"), "POST", "/api-tokens", body)[0] == status


def test_where_a_stage_allows_less_than_usual_a_token_gets_that(
    world: HttpWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("API_TOKEN_DAYS", "7")
    begun = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
    with patch.object(wiring, "now", lambda: begun):
        made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    assert made["expiresAt"] == "2026-03-22T10:30:00Z"
    told = world.call(user("editor"), "POST", "/api-tokens", {"name": "ci", "expiresInDays": 8})
    assert (told[0], "expiresInDays" in told[1]["message"]) == (400, True)


def test_a_person_has_fifty_tokens_at_most(world: HttpWorld):
    """Those that have expired do not count, nor do another's."""
    begun = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
    with patch.object(wiring, "now", lambda: begun):
        made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci", "expiresInDays": 1})
        for _ in range(49):
            world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
        status, told = world.call(user("editor"), "POST", "/api-tokens", {"name": "ci"})
        assert (status, "50 API tokens" in told["message"]) == (409, True)
        world.ok(user("viewer"), "POST", "/api-tokens", {"name": "ci"})
    with patch.object(wiring, "now", lambda: begun + timedelta(days=1)):
        listed = world.ok(user("editor"), "GET", "/api-tokens", query={"pageSize": "100"})["Items"]
        assert (len(listed), made["tokenId"] in {one["tokenId"] for one in listed}) == (49, False)
        last = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
        assert world.call(user("editor"), "POST", "/api-tokens", {"name": "ci"})[0] == 409
        world.ok(user("editor"), "DELETE", f"/api-tokens/{last['tokenId']}")
        world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})


def test_two_requests_at_once_do_not_make_one_token_too_many(world: HttpWorld):
    for _ in range(49):
        world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    store = wiring.policies()
    real = store.commit

    def meanwhile(*given: Any) -> None:
        with patch.object(store, "commit", real):
            world.ok(user("editor"), "POST", "/api-tokens", {"name": "faster"})
        real(*given)

    with patch.object(store, "commit", meanwhile):
        assert world.call(user("editor"), "POST", "/api-tokens", {"name": "slower"})[0] == 409


def test_a_token_goes_by_itself_when_it_has_expired(world: HttpWorld):
    """The table removes what carries a time that has passed."""
    begun = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
    with patch.object(wiring, "now", lambda: begun):
        made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci", "expiresInDays": 1})
    key = token_keys.api_token(sub_of("editor"), made["tokenId"])
    item = wiring.table().get(key)
    assert item is not None
    assert item[keys.EXPIRES] == (begun + timedelta(days=1)).timestamp()


def test_a_token_notes_when_it_was_used(world: HttpWorld):
    made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    assert world.ok(user("editor"), "GET", "/api-tokens")["Items"][0]["lastUsedAt"] is None
    world.ok(world.token(made["token"]), "GET", "/auth/me")
    assert world.ok(user("editor"), "GET", "/api-tokens")["Items"][0]["lastUsedAt"] is not None


def test_a_token_that_is_revoked_while_it_is_used_stays_so(world: HttpWorld):
    """The note of its use comes after the revocation."""
    made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    store, path = wiring.policies(), f"/api-tokens/{made['tokenId']}"
    real = store.touch

    def touch(*given: Any) -> None:
        world.ok(user("editor"), "DELETE", path)
        real(*given)

    with patch.object(store, "touch", touch):
        world.token(made["token"])
    assert world.ok(user("editor"), "GET", "/api-tokens")["Items"] == []
    assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == 401


def test_only_those_who_manage_policy_have_to_do_with_others_tokens(world: HttpWorld):
    mine = world.ok(user("admin"), "POST", "/api-tokens", {"name": "x"})["tokenId"]
    assert world.call(user("editor"), "POST", "/api-tokens", {"name": "x", "userId": "viewer"})[0] == 403
    assert world.call(user("editor"), "GET", "/api-tokens", query={"userId": "admin"})[0] == 403
    assert world.call(user("editor"), "DELETE", f"/api-tokens/{mine}")[0] == 404
    assert world.call(user("admin"), "POST", "/api-tokens", {"name": "x", "userId": "nobody"})[0] == 400
    made = world.ok(user("admin"), "POST", "/api-tokens", {"name": "x", "userId": "viewer"})
    assert world.ok(world.token(made["token"]), "GET", "/auth/me")["roles"] == ["viewer"]
    listed = world.ok(user("admin"), "GET", "/api-tokens", query={"userId": "viewer"})["Items"]
    assert [token["tokenId"] for token in listed] == [made["tokenId"]]
    world.ok(user("viewer"), "DELETE", f"/api-tokens/{made['tokenId']}")
    assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == 401


def test_a_rule_can_forbid_what_everyone_signed_in_may(world: HttpWorld):
    deny = [{"groupId": "viewer", "permission": "POST", "permissionType": "deny"}]
    world.ok(user("admin"), "POST", CONSTRAINTS, on_path("no-tokens", "/api-tokens", groupPermissions=deny))
    world.later()
    assert world.call(user("viewer"), "POST", "/api-tokens", {"name": "x"})[0] == 403
    assert world.call(user("editor"), "POST", "/api-tokens", {"name": "x"})[0] == 200
