"""Cognito's refreshed tokens say who their user is, and can be revoked where they were given out."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from ministack.services import cognito

from local.strict.patching import wrap

REFRESHED = "TokenGeneration_RefreshTokens"


# When each sign-in was, by its `origin_jti`.
_begun: dict[str, int] = {}


def apply() -> None:
    wrap(cognito, "_fake_token", refreshing_keeps_groups)
    wrap(cognito, "_signed_jwt", refreshing_keeps_the_time_of_the_sign_in)
    wrap(cognito, "handle_request", refresh_tokens_are_revoked)


def refreshing_keeps_groups(
    token: Callable[..., str],
    sub: str,
    pool_id: str,
    client_id: str,
    token_type: str = "access",  # noqa: S107
    username: str = "",
    **how: Any,
) -> str:
    """Tokens that /oauth2/token gives for a refresh token carry `cognito:groups` as those of the sign-in do.

    Cognito Developer Guide, "Understanding user pool JSON web tokens" and "Refresh tokens".
    """
    if how.get("trigger_source") == REFRESHED and how.get("groups") is None:
        pool = cognito._get_pool_unscoped(pool_id) or {"_users": {}}
        how["groups"] = pool["_users"].get(username, {}).get("_groups", [])
    return token(sub, pool_id, client_id, token_type, username, **how)


def refreshing_keeps_the_time_of_the_sign_in(
    sign: Callable[..., str], claims: dict[str, Any], pool_id: str = "", use: str = ""
) -> str:
    """`auth_time` is when the user authenticated, in refreshed tokens as well.

    Cognito Developer Guide, "Understanding the access token"; OpenID Connect Core 1.0, section 12.2. What was
    begun before the emulator was started anew begins once more with its first refresh.
    """
    if "auth_time" in claims and "origin_jti" in claims:
        begun = _begun.setdefault(claims["origin_jti"], claims["auth_time"])
        claims = claims | {"auth_time": begun}
    return sign(claims, pool_id, use)


async def refresh_tokens_are_revoked(
    handle: Callable[..., Awaitable[Any]],
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
    query_params: dict[str, Any],
) -> Any:
    """POST /oauth2/revoke takes a refresh token out of use, and answers 200 with an empty body.

    Cognito Developer Guide, "The token revocation endpoint".
    """
    if path != "/oauth2/revoke" or method != "POST":
        return await handle(method, path, headers, body, query_params)
    token = parse_qs(body.decode()).get("token", [""])[0]
    if not token:
        return 400, {"Content-Type": "application/json"}, b'{"error": "invalid_request"}'
    cognito._revoke_token({"Token": token})
    return 200, {"Content-Type": "application/json"}, b""
