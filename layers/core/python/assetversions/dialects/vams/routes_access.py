"""The routes that manage access: constraints, roles, user roles, API tokens, one's own identity."""

from collections.abc import Callable
from typing import Any

from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route, bare

errors = LazyModule("vams.errors")
policy_replies = LazyModule("vams.replies.policy")
token_replies = LazyModule("vams.replies.tokens")
key_replies = LazyModule("vams.replies.api_keys")
policy_requests = LazyModule("vams.requests.policy")
token_requests = LazyModule("vams.requests.tokens")
key_requests = LazyModule("vams.requests.api_keys")

_KEY = "/auth/api-keys/{apiKeyId}"
_RULE = "/auth/constraints/{constraintId}"

_ROWS: dict[str, tuple[str, Callable[[Request], Any], Callable[[Any], Reply]]] = {
    "GET /auth/constraints": ("list_rules", policy_requests.list_rules, policy_replies.rules),
    "POST /auth/constraints": ("put_rule", policy_requests.create_rule, policy_replies.rule_changed),
    "PUT /auth/constraints": ("put_rule", policy_requests.put_rule, policy_replies.rule_changed),
    f"GET {_RULE}": ("get_rule", policy_requests.get_rule, policy_replies.rule),
    f"POST {_RULE}": ("put_rule", policy_requests.put_rule, policy_replies.rule_changed),
    f"PUT {_RULE}": ("put_rule", policy_requests.put_rule, policy_replies.rule_changed),
    f"DELETE {_RULE}": ("delete_rule", policy_requests.delete_rule, policy_replies.rule_changed),
    "GET /auth/events": ("list_policy_events", policy_requests.list_policy_events, policy_replies.events),
    "GET /roles": ("list_roles", policy_requests.list_roles, policy_replies.roles),
    "POST /roles": ("put_role", policy_requests.create_role, policy_replies.role_changed),
    "PUT /roles": ("put_role", policy_requests.update_role, policy_replies.role_changed),
    "DELETE /roles/{roleId}": ("delete_role", policy_requests.delete_role, policy_replies.role_changed),
    "GET /user-roles": ("list_memberships", policy_requests.list_memberships, policy_replies.memberships),
    "POST /user-roles": (
        "put_membership",
        policy_requests.add_membership,
        policy_replies.membership_changed,
    ),
    "PUT /user-roles": ("put_membership", policy_requests.put_membership, policy_replies.membership_changed),
    "DELETE /user-roles": (
        "delete_membership",
        policy_requests.delete_membership,
        policy_replies.membership_changed,
    ),
    "POST /api-tokens": (
        "create_api_token",
        token_requests.create_api_token,
        token_replies.token_created,
    ),
    "GET /api-tokens": ("list_api_tokens", token_requests.list_api_tokens, token_replies.tokens),
    "DELETE /api-tokens/{tokenId}": (
        "delete_api_token",
        token_requests.delete_api_token,
        token_replies.token_deleted,
    ),
    "GET /auth/api-keys": ("list_api_tokens", key_requests.list_api_tokens, key_replies.keys),
    "POST /auth/api-keys": ("create_api_token", key_requests.create_api_token, key_replies.created),
    f"GET {_KEY}": ("get_api_token", key_requests.get_api_token, key_replies.key),
    f"PUT {_KEY}": ("update_api_token", key_requests.update_api_token, key_replies.updated),
    f"DELETE {_KEY}": ("delete_api_token", key_requests.delete_api_token, key_replies.deleted),
}

ROUTES = (
    *(
        Route(key, operation, decode, bare(encode), errors.error)
        for key, (operation, decode, encode) in _ROWS.items()
    ),
    Route(
        "GET /auth/me",
        "explain_access",
        token_requests.explain_access,
        bare(token_replies.me),
        errors.error,
        token=True,
    ),
)
