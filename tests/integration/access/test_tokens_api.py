"""The API for API tokens: at every route it takes one, and nothing else."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_dm.object_errors import EXPIRED
from assetversions.runtime import authorizer, paths

from tests.support.aws import Calls
from tests.support.lambda_client import Answer, Client, Context, ask
from tests.support.routes import ADMIN, make_asset, names_in_paths, path_of, statuses

SIGN_IN = "https://assets.example.com/store"
ADDRESS = f"{SIGN_IN}/tokens"
VARIABLES = {"signIn": SIGN_IN, "address": ADDRESS}
GUARDED = {route.key for route in ROUTES if not route.open}
JWT = "aaaa.bbbb.cccc"


class Holder(Client, frozen=True):
    """Someone who comes here with this in a header."""

    header: tuple[str, str] = ("", "")

    def __call__(self, method: str, path: str, body: Any = None, **how: Any) -> Answer:
        name, value = self.header
        event = {"headers": {name: value}, "stageVariables": VARIABLES}
        found = authorizer.handler(event, Context())["context"]
        return ask({"lambda": found}, method, path, body, variables=VARIABLES, **how)


@pytest.fixture(autouse=True)
def asset(calls: Calls, s3: Any) -> None:
    make_asset(s3)


def made_token(**body: Any) -> dict[str, Any]:
    return dict(ADMIN("POST", "/api-tokens", {"name": "pipeline"} | body).body)


def holder(token: str) -> Holder:
    return Holder("admin", header=("x-api-key", token))


def test_an_api_token_does_at_every_route_what_its_user_may_but_makes_no_others():
    """One that leaked would make others, and they would outlive it."""
    found = statuses(holder(made_token()["token"]))
    assert found.keys() == GUARDED
    keeping = {route.key for route in ROUTES if paths.action(route) == "tokens"}
    assert {key for key, status in found.items() if status in {401, 403}} == keeping
    refused = holder(made_token()["token"])("POST", "/api-tokens", {"name": "another"})
    assert "sign in" in refused.body["message"]


def test_it_stays_within_its_scopes():
    found = statuses(holder(made_token(scopes=["data:read"])["token"]))
    assert {key for key, status in found.items() if status == 401} == set()
    assert {found["POST /database"], found["GET /roles"], found["POST /api-tokens"]} == {403}
    assert found["GET /database"] == 200


@pytest.mark.parametrize("spelled", ["{}", "Bearer {}", "bearer {}", "Token {}"])
def test_it_is_taken_with_a_scheme_and_without(spelled: str):
    header = ("authorization", spelled.format(made_token()["token"]))
    assert Holder("admin", header=header)("GET", "/database").status == 200


def test_a_revoked_token_is_nobody_s_at_every_route():
    made = made_token()
    assert ADMIN("DELETE", f"/api-tokens/{made['tokenId']}").status == 200
    assert statuses(holder(made["token"])) == dict.fromkeys(GUARDED, 401)


@pytest.mark.parametrize(
    "header", [("authorization", f"Bearer {JWT}"), ("x-api-key", JWT), ("accept", "*/*")]
)
def test_who_sends_none_is_told_at_every_route_where_to_go(header: tuple[str, str]):
    """An access token is not looked at: whose it is makes no difference here."""
    nobody, names = Holder("admin", header=header), names_in_paths()
    with patch.object(authorizer, "jwt_verifier", side_effect=AssertionError):
        for key in GUARDED - {key for key in GUARDED if key.startswith("HEAD ")}:
            answer = nobody(key.split(" ")[0], path_of(key, names))
            assert answer.status == 401, key
            # Autodesk's clients know by its own words alone that they want a new token.
            said = EXPIRED if "/oss/" in key else f"access token to {SIGN_IN}"
            assert said in json.dumps(answer.body), key


def test_links_lead_on_to_where_the_request_came():
    answer = holder(made_token()["token"])(
        "GET", "/data/v1/projects/db1/items/" + names_in_paths()["item_id"]
    )
    assert f'"{ADDRESS}/data/v1/' in json.dumps(answer.body)


def test_the_first_api_takes_api_tokens_where_it_did():
    token = made_token()["token"]
    found = authorizer.handler({"headers": {"authorization": f"Bearer {token}"}}, Context())["context"]
    status, names = {}, names_in_paths()
    for route in ROUTES:
        if route.lambda_authorizer:
            method, path = route.key.split(" ")[0], path_of(route.key, names)
            status[route.key] = ask({"lambda": found}, method, path, {} if method == "POST" else None).status
    refused = {key for key, one in status.items() if one == 401}
    assert refused == {route.key for route in ROUTES if route.own_401 and not route.token}
