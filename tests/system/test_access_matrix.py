"""Every kind of credential over HTTP: who gets in, who does not, and never a 500.

What only HTTP can tell is asked at every route: a good token gets in, one that is none does not (the other
ways to send no credential: test_refusals). Which claims an authorizer checks, and what our own code makes
of a role or a scope, are the same behind each of them: here it is asked at a route of each kind, and
tests/integration/access/test_every_route asks our code at every route.
"""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route

from local.system import System
from tests.system.bad_credentials import BAD, TIMEOUT, bearer, signed
from tests.system.client import HTTP
from tests.system.doors import GUARDED, OF_EACH_DOOR, one_of_each
from tests.system.persons import sign_in

# Everybody's own profile and nobody else's: what nobody is called is forbidden to everyone.
OWN = {f"{method} /auth/loginProfile/{{userId}}" for method in ("GET", "POST")}


def permission(route: Route) -> Any:
    action = operations.find(route.operation).action
    return action, route.lambda_authorizer, route.users_only, route.key in OWN


OF_EACH_PERMISSION = one_of_each(permission)
ASKED = {route.key for route in OF_EACH_PERMISSION}
OWN_ASKED = OWN & ASKED


def asking(*actions: str) -> set[str]:
    """Those of OF_EACH_PERMISSION whose operation needs one of these permissions."""
    found = set()
    for route in OF_EACH_PERMISSION:
        if operations.find(route.operation).action in actions:
            found.add(route.key)
    return found


def path_of(route: Route) -> str:
    """The route's path with names that nothing has."""
    return re.sub(r"\{\w+\+?\}", "no-such-thing", route.key.split(" ", 1)[1])


def ask(system: System, route: Route, headers: dict[str, str]) -> httpx.Response:
    method = route.key.split(" ", 1)[0]
    body = None if method in {"GET", "HEAD"} else "{}"
    reply = HTTP.request(method, system.api_url + path_of(route), headers=headers, content=body)
    assert reply.status_code < 500, f"{route.key}: {reply.status_code} {reply.text[:300]}"
    return reply


@pytest.fixture(scope="module")
def pool_key(system: System, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key that the pool signs access tokens with: what only the pool should have."""
    name = f"{system.user_pool_id}-access.pem"
    (found,) = tmp_path_factory.getbasetemp().glob(f"system[0-9]*/services/cognito-pool-keys/{name}")
    return found.read_text()


def admin(system: System) -> httpx.Client:
    return httpx.Client(base_url=system.api_url, headers=bearer(system.tokens["admin"]), timeout=TIMEOUT)


def test_a_token_that_we_sign_with_the_pool_s_key_is_good(system: System, pool_key: str):
    """Else the tests below would prove nothing about expiry and issuer."""
    good = signed(system, pool_key)
    found = {ask(system, route, good).status_code for route in GUARDED if route.key not in OWN}
    assert 401 not in found
    assert 403 not in found


def test_what_is_no_token_is_401_at_every_route(system: System):
    found = {route.key: ask(system, route, bearer("garbage")).status_code for route in GUARDED}
    assert found == dict.fromkeys(found, 401)


@pytest.mark.parametrize("how", BAD)
def test_a_bad_credential_is_401_at_every_door(system: System, pool_key: str, how: str):
    headers = BAD[how](system, pool_key)
    found = {route.key: ask(system, route, headers).status_code for route in OF_EACH_DOOR}
    assert found == dict.fromkeys(found, 401)


def test_an_id_token_is_good_at_vams_doors_and_at_no_other(system: System):
    token = bearer(sign_in(system, "admin", "IdToken"))
    found = {route.key for route in OF_EACH_DOOR if ask(system, route, token).status_code == 401}
    assert found == {route.key for route in OF_EACH_DOOR if route.lambda_authorizer}


def test_an_open_route_asks_for_nothing(system: System):
    """But for a page's name, and for the ticket of a letter: without it no subscription could be meant."""
    found = {route.key: ask(system, route, {}).status_code for route in ROUTES if route.open}
    named = dict.fromkeys((key for key in found if "{" in key), 404)
    assert found == dict.fromkeys(found, 200) | named | {"POST /unsubscribe": 400}


def refused(system: System, headers: dict[str, str]) -> set[str]:
    """The routes that are forbidden; at all others the request gets as far as its content."""
    found = {route.key: ask(system, route, headers) for route in OF_EACH_PERMISSION}
    users_only = {route.key for route in OF_EACH_PERMISSION if route.users_only}
    alone = {key for key in users_only if found[key].status_code == 401}
    assert not alone or "x-user-id" not in headers, "only a machine without a user is nobody there"
    assert {found[key].status_code for key in found.keys() - alone} <= {200, 400, 403, 404, 409, 422}, found
    return {key for key, reply in found.items() if reply.status_code == 403}


def test_each_role_gets_as_far_as_its_rules(system: System):
    reading = asking("read", "whoami", "tokens") - OWN_ASKED
    assert refused(system, bearer(system.tokens["admin"])) == OWN_ASKED
    assert refused(system, bearer(system.tokens["editor"])) == asking("policy", "delete") | OWN_ASKED
    assert refused(system, bearer(system.tokens["viewer"])) == ASKED - reading


@pytest.fixture(scope="module")
def machine(system: System) -> dict[str, str]:
    """A machine with the roles of an editor."""
    body = {"userId": system.machine_client_id, "roleName": ["editor"]}
    admin(system).post("/user-roles", json=body).raise_for_status()
    return bearer(system.machine_token())


def test_a_machine_does_what_its_membership_allows_but_keeps_no_tokens(system: System, machine: Any):
    assert refused(system, machine) == asking("policy", "delete", "tokens") | OWN_ASKED


def test_a_machine_for_a_user_does_what_both_may(system: System, machine: Any):
    for_viewer = refused(system, machine | {"x-user-id": "viewer"})
    assert for_viewer == refused(system, machine) | refused(system, bearer(system.tokens["viewer"]))
    for_admin = refused(system, machine | {"x-user-id": "admin"})
    assert for_admin == refused(system, machine)
    for_nobody = refused(system, machine | {"x-user-id": "nobody-at-all"})
    assert for_nobody == ASKED


def test_a_machine_with_one_scope_stays_within_it(system: System, machine: Any):
    reader = bearer(system.machine_token("asset-versions/data:read"))
    writing = ASKED - asking("read", "whoami", "tokens")
    assert refused(system, reader) == refused(system, machine) | writing


def test_a_user_can_not_act_for_another(system: System):
    viewer = bearer(system.tokens["viewer"])
    assert refused(system, viewer | {"x-user-id": "admin"}) == refused(system, viewer)


def made_token(system: System, **body: Any) -> dict[str, Any]:
    reply = admin(system).post("/api-tokens", json={"name": f"test {uuid4()}"} | body)
    reply.raise_for_status()
    return dict(reply.json())


@pytest.mark.parametrize(
    "spell",
    [
        lambda token: {"Authorization": f"Token {token}"},
        lambda token: {"Authorization": f"Bearer {token}"},
        lambda token: {"X-Api-Key": token},
    ],
    ids=["Authorization: Token", "Authorization: Bearer", "X-Api-Key"],
)
@pytest.mark.parametrize("kind", ["API token", "JWT"])
def test_a_token_route_takes_either_kind_under_either_header(system: System, spell: Any, kind: str):
    token = made_token(system, userId="viewer")["token"] if kind == "API token" else system.tokens["viewer"]
    routes = [route for route in GUARDED if route.token]
    assert routes
    found = {route.key: ask(system, route, spell(token)) for route in routes}
    assert 401 not in {reply.status_code for reply in found.values()}
    me = found["GET /auth/me"].json()
    assert (me["userId"], me["roles"]) == ("viewer", ["viewer"])


def test_an_api_token_is_not_taken_where_a_bearer_jwt_is_asked(system: System):
    token = made_token(system)["token"]
    for route in OF_EACH_DOOR:
        if not route.token:
            assert ask(system, route, {"X-Api-Key": token}).status_code == 401


def test_a_revoked_api_token_is_refused_with_the_next_request(system: System):
    made = made_token(system, userId="viewer", scopes=["data:read"])
    key = {"X-Api-Key": made["token"]}
    me = httpx.get(f"{system.api_url}/auth/me", headers=key, timeout=TIMEOUT)
    assert (me.status_code, me.json()["scopes"]) == (200, ["data:read"])
    assert admin(system).delete(f"/api-tokens/{made['tokenId']}").status_code == 200
    for route in GUARDED:
        if route.token:
            assert ask(system, route, key).status_code == 401
