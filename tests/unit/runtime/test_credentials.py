"""Who calls: what our own authorizer found comes through as it was, and where a route takes a JWT alone."""

from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.runtime import credentials
from authz.identity import Identity, SignIn
from msgspec.structs import replace

TAKES_TOKENS = next(route for route in ROUTES if route.token)
JWT_ALONE = next(route for route in ROUTES if route.own_401)
ANN = Identity("sub-of-ann", "ann", frozenset({"editor", "viewer"}), sign_in=SignIn("session", 1_700_000_000))
MACHINE = Identity("ci", "ci", frozenset(), "machine", frozenset({"data:read"}))
TOKEN = Identity("sub-of-ann", "ann", frozenset({"editor"}), "token", frozenset({"data:read", "data:write"}))


def event(context: dict[str, Any] | None, **headers: str) -> dict[str, Any]:
    return {"headers": headers or None, "requestContext": {"authorizer": {"lambda": context}}}


def identity(caller: Identity, route: Route = TAKES_TOKENS, **headers: str) -> Identity:
    return credentials.identity(event(credentials.to_context(caller), **headers), route)


@pytest.mark.parametrize("scopes", [None, frozenset(), frozenset({"data:read"})], ids=repr)
@pytest.mark.parametrize("caller", [ANN, MACHINE, TOKEN], ids=lambda caller: caller.kind)
def test_an_identity_comes_through_as_the_authorizer_found_it(caller: Identity, scopes: Any):
    """Above all, one that is limited to nothing is not one without limits."""
    limited = replace(caller, scopes=scopes)
    assert identity(limited) == limited


def test_the_access_log_finds_the_person_where_our_own_authorizer_found_them():
    assert credentials.to_context(TOKEN)["person"] == "sub-of-ann"


@pytest.mark.parametrize("context", [None, {}, {"problem": "Sign in."}])
def test_where_the_authorizer_found_nobody_its_reason_is_told(context: dict[str, Any] | None):
    with pytest.raises(Unauthenticated, match="Sign in"):
        credentials.identity(event(context), TAKES_TOKENS)


def test_where_the_authorizer_could_not_find_out_the_caller_may_come_again():
    with pytest.raises(Busy, match="too much"):
        credentials.identity(event({"busy": "too much"}), TAKES_TOKENS)


@pytest.mark.parametrize("sent", ["Bearer x.y.z", "bearer x.y.z", "BEARER x.y.z"])
@pytest.mark.parametrize("caller", [ANN, MACHINE], ids=lambda caller: caller.kind)
def test_a_route_of_jwts_takes_a_bearer_however_that_is_written(caller: Identity, sent: str):
    assert identity(caller, JWT_ALONE, authorization=sent) == caller


@pytest.mark.parametrize(
    ("caller", "headers"),
    [
        (TOKEN, {"authorization": "Bearer avt_x_y"}),
        (TOKEN, {"authorization": "Token avt_x_y"}),
        (TOKEN, {"x-api-key": "avt_x_y"}),
        (ANN, {"authorization": "x.y.z"}),
        (ANN, {"authorization": "Token x.y.z"}),
        (ANN, {"x-api-key": "x.y.z"}),
        (ANN, {}),
    ],
)
def test_a_route_of_jwts_takes_nothing_else(caller: Identity, headers: dict[str, str]):
    assert identity(caller, TAKES_TOKENS, **headers) == caller
    with pytest.raises(Unauthenticated, match=r"Bearer.*TokensApiUrl"):
        identity(caller, JWT_ALONE, **headers)
