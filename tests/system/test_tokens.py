"""No identity, no entry; no rule, no access: whoever is not let in by a token and a rule is refused."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.storage.dynamodb import keys
from jose import jwt

from local.system import System
from tests.support.aws_faults import fail_inside, forget_inside
from tests.system.bad_credentials import of_another_client, of_another_pool
from tests.system.client import Api, Asset, api, function_name, new_asset
from tests.system.persons import newcomer, sign_in

KEYS = "jwks.json"
OPEN = [route.key for route in ROUTES if route.open]
# VAMS, asked for something that exists; test_access_matrix and test_refusals ask all routes of all dialects.
CORE = {
    *("create_database", "list_databases", "get_database", "create_asset", "list_assets", "get_asset"),
    *("list_versions", "get_version", "create_version", "update_version"),
    *("archive_version", "unarchive_version", "revert_version"),
}
GUARDED = [route.key for route in ROUTES if route.operation in CORE and not route.lambda_authorizer]
# Bodies that would succeed, so that nothing but the permission can be the reason for a refusal.
BODIES: dict[str, dict[str, Any]] = {
    "POST /database": {"databaseId": "never-made", "description": "must not be made"},
    "POST /assets": {"databaseId": "{databaseId}", "assetName": "never", "description": "must not be made"},
    "PUT /database/{databaseId}/assets/{assetId}/assetversions/{assetVersionId}": {
        "comment": "must not stand"
    },
}


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    made = new_asset(system, {"file.txt": b"one"})
    for _ in range(2):
        assert made.create().status_code == 200
    return made


@pytest.fixture(scope="module")
def stranger(system: System) -> str:
    """The token of a user of the right pool who has no role."""
    return newcomer(system, "stranger")


@pytest.fixture
def sign(system: System, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Signs with the pool's own key what the pool would not: the emulator keeps the key in its state."""
    name = f"{system.user_pool_id}-access.pem"
    (key,) = tmp_path_factory.getbasetemp().rglob(name)
    genuine = system.tokens["editor"]
    kid = jwt.get_unverified_headers(genuine)["kid"]

    def signed(**changed: object) -> str:
        claims = jwt.get_unverified_claims(genuine) | changed
        return str(jwt.encode(claims, key.read_text(), algorithm="RS256", headers={"kid": kid}))

    return signed


def status(asset: Asset, token: str | None, key: str = "GET /database") -> int:
    """What a route answers to this token, asked for something that exists."""
    method, path = key.split(" ", 1)
    names = {"databaseId": asset.database_id, "assetId": asset.asset_id, "assetVersionId": "1"}
    names |= {"document": "vams.json", "file": "page.js"}
    body = BODIES.get(key)
    if body is not None:
        body = {name: asset.database_id if value == "{databaseId}" else value for name, value in body.items()}
    return Api(asset.system.api_url, token).call(method, path.format(**names), json=body).status_code


@pytest.mark.parametrize("key", OPEN)
def test_an_open_route_needs_no_token(asset: Asset, key: str) -> None:
    assert status(asset, None, key) == (400 if key == "POST /unsubscribe" else 200)


def test_the_open_routes_say_where_to_sign_in_and_nothing_secret(system: System) -> None:
    nobody = Api(system.api_url, None)
    assert nobody.ok("GET", "/api/version") == {"version": "2.5.1"}
    assert nobody.ok("GET", "/api/amplify-config") == {
        "region": "us-east-1",
        "api": f"{system.api_url}/",
        "cognitoUserPoolId": system.user_pool_id,
        "cognitoAppClientId": system.client_id,
        "tokensApi": system.tokens_api_url,
        "cognitoUrl": system.endpoint,
        "signInUrl": system.endpoint,
        "signInClientId": system.sign_in_client_id,
        "consoleUrl": f"{system.api_url}/console/",
    }


@pytest.mark.parametrize("key", GUARDED)
def test_every_other_route_needs_a_token_and_a_role(asset: Asset, stranger: str, key: str) -> None:
    before = asset.etag(), asset.versions(), asset.working()
    assert status(asset, None, key) == 401
    assert status(asset, "no.real.token", key) == 401
    assert status(asset, stranger, key) == 403
    assert (asset.etag(), asset.versions(), asset.working()) == before


def test_a_user_without_a_role_learns_nothing_of_what_exists(asset: Asset, stranger: str) -> None:
    nobody = Api(asset.system.api_url, stranger)
    for path in ("/database/no-such-db", "/database/no-such-db/assets/a", f"{asset.path}/getVersion/99"):
        reply = nobody.call("GET", path)
        assert reply.status_code == 403, path
        assert "not allowed" in reply.json()["message"]


@pytest.mark.parametrize("key", GUARDED)
def test_a_viewer_reads_and_does_nothing_else(asset: Asset, key: str) -> None:
    before = asset.etag(), asset.versions(), asset.working()
    reads = key.startswith(("GET ", "HEAD "))
    assert status(asset, asset.system.tokens["viewer"], key) == (200 if reads else 403)
    assert (asset.etag(), asset.versions(), asset.working()) == before


def test_a_viewer_is_told_no_before_what_is_wrong_with_the_request(asset: Asset) -> None:
    viewer = asset.as_user(api(asset.system, "viewer"))
    assert viewer.create({"comment": 5}).status_code == 403


def test_a_token_of_another_pool_is_refused(asset: Asset) -> None:
    token = of_another_pool(asset.system)
    assert jwt.get_unverified_claims(token)["cognito:groups"] == ["admin"]
    assert status(asset, token) == 401


def test_a_token_of_another_client_of_the_pool_is_refused(asset: Asset) -> None:
    assert status(asset, of_another_client(asset.system)) == 401


def test_an_id_token_may_what_the_access_token_of_the_same_sign_in_may(asset: Asset) -> None:
    system = asset.system
    for user, writes in (("editor", 200), ("viewer", 403)):
        for kind in ("IdToken", "AccessToken"):
            token = sign_in(system, user, kind)
            caller = asset.as_user(Api(system.api_url, token))
            assert caller.list().status_code == 200
            assert caller.update(1, {"comment": "mine"}).status_code == writes


def test_the_tests_own_signature_is_accepted(asset: Asset, sign: Callable[..., str]) -> None:
    """Without this, the refusals below would prove nothing."""
    assert status(asset, sign()) == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": 1_700_000_000},
        {"nbf": 4_000_000_000},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_another"},
        {"client_id": "another"},
        {"token_use": "id"},
        {"username": ""},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_well_signed_token_with_a_wrong_claim_is_refused(
    asset: Asset, sign: Callable[..., str], changed: dict[str, Any]
) -> None:
    assert status(asset, sign(**changed)) == 401


def test_a_token_that_nobody_signed_or_somebody_else_signed_is_refused(asset: Asset) -> None:
    genuine = asset.system.tokens["admin"]
    head, claims, signature = genuine.split(".")
    kid = jwt.get_unverified_headers(genuine)["kid"]
    body = jwt.get_unverified_claims(genuine) | {"exp": int(time.time()) + 3600}
    none = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    forged = {
        "alg none": f"{none}.{claims}.",
        "alg none, signature kept": f"{none}.{claims}.{signature}",
        "HS256": jwt.encode(body, "secret", algorithm="HS256", headers={"kid": kid}),
        "no signature": f"{head}.{claims}.",
        "signature of another token": f"{head}.{claims}.{asset.system.tokens['viewer'].split('.')[2]}",
        "claims of another token": f"{head}.{asset.system.tokens['viewer'].split('.')[1]}.{signature}",
        "two parts": f"{head}.{claims}",
        "one part": head,
    }
    answers = {name: status(asset, token) for name, token in forged.items()}
    assert answers == dict.fromkeys(forged, 401)


def test_a_membership_in_the_table_grants_a_role(asset: Asset) -> None:
    """And takes hold at the next request, with the token that was refused before."""
    system = asset.system
    token = newcomer(system, "newcomer")
    caller = asset.as_user(Api(system.api_url, token))
    assert caller.list().status_code == 403
    person = jwt.get_unverified_claims(token)["sub"]
    key = {name: {"S": value} for name, value in keys.membership(person).items()}
    table = system.client("dynamodb")
    table.put_item(TableName=system.table, Item=key | {"roles": {"L": [{"S": "viewer"}]}})
    assert caller.list().status_code == 200
    assert caller.create().status_code == 403
    table.delete_item(TableName=system.table, Key=key)
    assert caller.list().status_code == 403


@pytest.fixture
def cold(system: System) -> Iterator[System]:
    """Our own authorizer has no container that has run."""
    functions, name = system.client("lambda"), function_name(system, "authorizer")
    same = functions.get_function_configuration(FunctionName=name)["Timeout"]
    functions.update_function_configuration(FunctionName=name, Timeout=same)
    yield system
    forget_inside(system.endpoint)


def test_a_fetch_of_the_pool_s_keys_that_fails_is_tried_again_and_refuses_nobody(cold: System) -> None:
    editor = api(cold, "editor")
    fail_inside(cold.endpoint, KEYS, times=3)
    reply = editor.send("GET", "/auth/me")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "1"), reply.text
    editor.ok("GET", "/auth/me")
    fail_inside(cold.endpoint, KEYS, times=100)
    editor.ok("GET", "/auth/me")


def test_our_own_authorizer_names_the_person_to_the_access_log(system: System) -> None:
    token = system.tokens["editor"]
    key = Api(system.api_url, token).ok("POST", "/api-tokens", json={"name": "x"})["token"]
    name = function_name(system, "authorizer")
    for headers in ({"authorization": f"Bearer {token}"}, {"x-api-key": key}):
        event = json.dumps({"headers": headers})
        reply = system.client("lambda").invoke(FunctionName=name, Payload=event)
        handed_on = json.load(reply["Payload"])["context"]
        assert handed_on["person"] == jwt.get_unverified_claims(token)["sub"]
