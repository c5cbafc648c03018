"""The exact bodies about access: constraints, roles, user roles, their audit, API tokens, oneself."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.vams.routes_access import ROUTES
from assetversions.domain.access_report import AccessReport, Person, Question, Verdict
from assetversions.domain.model import AssetRef
from assetversions.domain.policy import ApiToken, Criterion, Grant, Membership, PolicyEvent, PolicyRule, Role
from assetversions.domain.results.access import Changed, Listing, NewToken
from msgspec.structs import replace

from tests.support.golden import golden

GOLDEN = Path(__file__).parent / "golden"
ROUTE = {route.key: route for route in ROUTES}
_RULE = "/auth/constraints/{constraintId}"

BORN = datetime(2026, 3, 15, 10, 30, 0, 999_000, tzinfo=UTC)
LATER = datetime.fromisoformat("2026-06-13T12:30:00+02:00")
RULE = PolicyRule(
    "public-assets",
    "asset",
    (
        Grant("allow", frozenset({"read"}), roles=frozenset({"guest"})),
        Grant("deny", frozenset({"delete"}), users=frozenset({"sub-of-ann"})),
    ),
    (Criterion("tags", "contains", ("public",)),),
    (Criterion("owner", "in", ("ann", "bob")),),
    "Public assets",
    "what guests see",
    {"sub-of-ann": "ann"},
)
STARTER = PolicyRule("admin-api", "api", (Grant("allow", frozenset({"*"}), roles=frozenset({"admin"})),))
ROLE = Role("guest", "looks around", True, BORN)
MEMBERSHIP = Membership("sub-of-ann", "ann", ("guest", "viewer"), BORN)
TOKEN = ApiToken(
    "token-1",
    "a secret digest",
    "nightly",
    "sub-of-ann",
    "ann",
    frozenset({"data:write", "data:read"}),
    BORN,
    "bob",
    LATER,
)
KEY = replace(
    TOKEN,
    token_id="sub-of-ann.6f1c2b3a4d5e4f708192a3b4c5d6e7f8",
    description="of the farm",
    active=False,
    updated_at=LATER,
)
EVENT = PolicyEvent("event-1", "role.created", "guest", BORN, "sub-of-ann", "ann", {"after": "{}"})
REPORT = AccessReport(
    (
        Person(
            "machine-client", "machine-client", "machine", frozenset(), frozenset(), frozenset({"data:read"})
        ),
        Person("sub-of-ann", "ann", "named", frozenset({"viewer", "guest"}), frozenset({"admin"}), None),
    ),
    Question("ann", "GET /database", AssetRef("my-database", "my-asset")),
    Verdict(True, "viewer-api", "Rule 'viewer-api' allows it."),
    {"read": Verdict(False, None, "No rule allows it.", ("admin", "editor"))},
)
ALONE = AccessReport(
    (Person("sub-of-ann", "ann", "user", frozenset({"admin"}), frozenset(), None),), Question(), None, {}
)
CREATED, UPDATED, DELETED = (Changed(RULE, how, BORN) for how in ("created", "changed", "deleted"))

RESULTS: dict[str, tuple[str, Any]] = {
    "list_rules": ("GET /auth/constraints", Listing([RULE, STARTER], "next")),
    "get_rule": (f"GET {_RULE}", RULE),
    "create_rule": ("POST /auth/constraints", CREATED),
    "put_rule": ("PUT /auth/constraints", UPDATED),
    "create_rule_by_id": (f"POST {_RULE}", CREATED),
    "put_rule_by_id": (f"PUT {_RULE}", UPDATED),
    "delete_rule": (f"DELETE {_RULE}", DELETED),
    "list_policy_events": ("GET /auth/events", Listing([EVENT], None)),
    "list_roles": ("GET /roles", Listing([ROLE, Role("viewer")], None)),
    "create_role": ("POST /roles", Changed(ROLE, "created", BORN)),
    "update_role": ("PUT /roles", Changed(ROLE, "changed", BORN)),
    "delete_role": ("DELETE /roles/{roleId}", Changed(ROLE, "deleted", BORN)),
    "list_memberships": (
        "GET /user-roles",
        Listing([MEMBERSHIP, Membership("sub-of-bob", "bob", ())], "next"),
    ),
    "add_membership": ("POST /user-roles", Changed(MEMBERSHIP, "created", BORN)),
    "put_membership": ("PUT /user-roles", Changed(MEMBERSHIP, "changed", BORN)),
    "delete_membership": ("DELETE /user-roles", Changed(MEMBERSHIP, "deleted", BORN)),
    "create_api_token": ("POST /api-tokens", NewToken(TOKEN, "the secret, told once")),
    "list_api_tokens": ("GET /api-tokens", Listing([TOKEN], None)),
    "delete_api_token": ("DELETE /api-tokens/{tokenId}", Changed(TOKEN, "deleted", BORN)),
    "create_api_key": ("POST /auth/api-keys", NewToken(KEY, "vams_ and 64 characters, told once")),
    "list_api_keys": ("GET /auth/api-keys", Listing([KEY], "next")),
    "get_api_token": ("GET /auth/api-keys/{apiKeyId}", KEY),
    "update_api_token": ("PUT /auth/api-keys/{apiKeyId}", Changed(KEY, "changed", BORN)),
    "delete_api_key": ("DELETE /auth/api-keys/{apiKeyId}", Changed(KEY, "deleted", BORN)),
    "explain_access": ("GET /auth/me", REPORT),
    "explain_own_access": ("GET /auth/me", ALONE),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_route_answers_exactly_this(name: str) -> None:
    key, result = RESULTS[name]
    reply = ROUTE[key].encode(result)
    assert (reply.status, reply.body) == (200, golden(GOLDEN, name, reply.body))
    assert reply.headers == {}


@pytest.mark.parametrize("name", [name for name in RESULTS if "token" in name or "key" in name])
def test_the_digest_of_a_token_is_never_told(name: str) -> None:
    key, result = RESULTS[name]
    assert TOKEN.digest not in json.dumps(ROUTE[key].encode(result).body)
