"""Who calls: what the authorizer found comes through as it was."""

from dataclasses import replace
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.runtime import credentials
from authz.identity import Identity, SignIn

ANY = next(route for route in ROUTES if not route.open)
ANN = Identity("sub-of-ann", "ann", frozenset({"editor", "viewer"}), sign_in=SignIn("session", 1_700_000_000))
MACHINE = Identity("ci", "ci", frozenset(), "machine", frozenset({"data:read"}))
TOKEN = Identity("sub-of-ann", "ann", frozenset({"editor"}), "token", frozenset({"data:read", "data:write"}))


def event(context: dict[str, Any] | None, **headers: str) -> dict[str, Any]:
    return {"headers": headers or None, "requestContext": {"authorizer": {"lambda": context}}}


def identity(caller: Identity, **headers: str) -> Identity:
    return credentials.identity(event(credentials.to_context(caller), **headers), ANY)


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
        credentials.identity(event(context), ANY)


def test_where_the_authorizer_could_not_find_out_the_caller_may_come_again():
    with pytest.raises(Busy, match="too much"):
        credentials.identity(event({"busy": "too much"}), ANY)
