"""The authorizer of routes that take an API token beside a JWT: who is it? The endpoint decides the rest.

It says "authorized" to a bad credential as well, with the problem in place of an identity: API Gateway
could only answer a bare 403, while the endpoint refuses in its dialect with 401 and the reason, or with Busy
where the stores had too much to do. Nothing is kept between requests but the pool's keys, so a revoked token
is refused at once. Whether the sign-in of a JWT still holds the endpoint finds out, as on every other route.
"""

import json
import urllib.request
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from authz.identity import Identity, KeysUnavailable, NoIdentity, from_claims
from aws_lambda_powertools import Logger

from assetversions.domain import api_tokens
from assetversions.domain.errors import Busy
from assetversions.domain.policy import ApiToken
from assetversions.runtime import credentials, wiring
from assetversions.runtime.environment import setting
from assetversions.runtime.stage import sign_in_at
from assetversions.storage import overload

if TYPE_CHECKING:
    from authz.tokens import JwtVerifier, Keys

# The time of last use is no finer than this: it must not cost a write for every request.
TOUCH_AFTER = timedelta(minutes=1)

_REFUSED = "The API token is not valid, or no longer."
_TOKENS_ALONE = "This address takes API tokens alone: send one, or an access token to {}."

logger = Logger()


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    try:
        credential = credentials.sent(event.get("headers") or {})
        found = credentials.to_context(_identity(credential, sign_in_at(event)))
    except NoIdentity as problem:
        found = {"problem": str(problem)}
    except (KeysUnavailable, Busy) as problem:
        logger.warning("It could not be found out who calls", exc_info=True)
        found = {"busy": str(problem)}
    except overload.FAILURES as error:
        if (busy := overload.busy(error)) is None:
            raise
        logger.warning("AWS had too much to do", exc_info=True)
        found = {"busy": busy.message}
    return {"isAuthorized": True, "context": found}


def _identity(credential: str, sign_in: str | None) -> Identity:
    if not credential:
        raise NoIdentity(credentials.NOBODY if sign_in is None else _TOKENS_ALONE.format(sign_in))
    if credential.startswith((api_tokens.PREFIX, api_tokens.VAMS_PREFIX)):
        return _token_holder(credential)
    if sign_in is not None:
        raise NoIdentity(_TOKENS_ALONE.format(sign_in))
    return from_claims(jwt_verifier().claims(credential))


@cache
def jwt_verifier() -> "JwtVerifier":
    """The pool publishes its keys where its API is."""
    from authz.tokens import JwtVerifier  # python-jose is slow to import, and an API token needs none of it

    keys_url = f"{wiring.cognito().meta.endpoint_url}/{setting('USER_POOL_ID')}/.well-known/jwks.json"

    def fetch() -> "Keys":
        with urllib.request.urlopen(keys_url, timeout=3) as reply:  # noqa: S310 (AWS's own address)
            keys: Keys = json.load(reply)["keys"]
            return keys

    return JwtVerifier(setting("ISSUER"), setting("CLIENT_IDS").split(), fetch)


def _token_holder(credential: str) -> Identity:
    """The token's user with the groups of this moment: a token never has more than its user."""
    token_id = api_tokens.token_id(credential)
    token = None if token_id is None else wiring.policies().token(token_id)
    if token is None or not api_tokens.matches(credential, token.digest) or _is_over(token):
        raise NoIdentity(_REFUSED)
    user = wiring.users().find(token.user)
    # Another one may be called so by now.
    if user is None or user.person != token.person:
        raise NoIdentity(_REFUSED)
    if token.used_at is None or wiring.now() - token.used_at >= TOUCH_AFTER:
        wiring.policies().touch(token, wiring.now())
    return Identity(user.person, user.name, user.groups, "token", token.scopes)


def _is_over(token: ApiToken) -> bool:
    return not token.active or token.expires_at <= wiring.now()
