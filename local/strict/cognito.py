"""Cognito's refreshed tokens say what groups their user is in."""

from collections.abc import Callable
from typing import Any

from ministack.services import cognito

from local.strict.patching import wrap

REFRESHED = "TokenGeneration_RefreshTokens"


def apply() -> None:
    wrap(cognito, "_fake_token", refreshing_keeps_groups)


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
