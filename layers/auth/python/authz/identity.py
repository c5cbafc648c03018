"""Claims of a verified token into the identity that rules are asked about."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

# The resource server in Cognito; a scope in a token reads `asset-versions/data:read`.
RESOURCE_SERVER = "asset-versions"
READ_SCOPE = "data:read"
WRITE_SCOPE = "data:write"
SCOPES = {READ_SCOPE: "Read assets and versions.", WRITE_SCOPE: "Change assets and versions."}

# What anyone who is signed in may do, unless a rule denies it: see who they are, keep their own API tokens.
WHOAMI = "whoami"
TOKENS = "tokens"
SIGNED_IN = frozenset({WHOAMI, TOKENS})
# No scope reaches these: what is limited to some scopes can't hand out access.
_BEYOND_SCOPES = frozenset({"policy", TOKENS})

# How somebody came in: a user's own sign-in, a machine, an API token, or named by a machine in `x-user-id`.
Kind = Literal["user", "machine", "token", "named"]


class NoIdentity(Exception):
    """The credential names nobody, or is not of the kind that calls an API."""


class KeysUnavailable(Exception):
    """Whether a token is good can't be told just now."""


class SignIn(Struct, frozen=True):
    """When somebody signed in; all tokens that come of it, by refreshing too, name the same `session`.

    `by_id_token` where the token that was sent is one that the pool answers nothing about.
    """

    session: str
    at: int
    by_id_token: bool = False


class Identity(Struct, frozen=True):
    """`person` is whom rules and what is owned mean: the `sub` of a user, or a machine's client id.

    `user` is the name beside it, a label. `scopes` None means that none limit it; `roles` come from the
    token's groups and from memberships. `sign_in` is there where a user's own token was sent.
    """

    person: str
    user: str
    roles: frozenset[str]
    kind: Kind = "user"
    scopes: frozenset[str] | None = None
    sign_in: SignIn | None = None

    def with_roles(self, roles: Iterable[str]) -> "Identity":
        return replace(self, roles=self.roles | frozenset(roles))

    def covers(self, action: str) -> bool:
        """Whether the credential leaves room for an action; the rules decide then."""
        if self.kind == "token" and action == TOKENS:
            return False  # one that leaked would make others, and they would outlive it
        if self.scopes is None or action == WHOAMI:
            return True
        needed = READ_SCOPE if action == "read" else WRITE_SCOPE
        return action not in _BEYOND_SCOPES and needed in self.scopes


def from_claims(claims: Mapping[str, Any], *, id_tokens: bool = False) -> Identity:
    """Read the claims of a verified access token, a user's or a machine's; NoIdentity for any other.

    With `id_tokens`, a user's ID token is as good.
    """
    if id_tokens and claims.get("token_use") == "id":
        return _from_id_token(claims)
    user, client, sub = claims.get("username"), claims.get("client_id"), claims.get("sub")
    scopes = _scopes(claims.get("scope", ""))
    if claims.get("token_use") == "access" and isinstance(sub, str) and sub:
        if isinstance(user, str) and user:
            groups = frozenset(_groups(claims.get("cognito:groups", "")))
            return Identity(sub, user, groups, "user", scopes or None, _sign_in(claims))
        if user is None and client == sub:
            return Identity(sub, sub, frozenset(), "machine", scopes)
    raise NoIdentity("Sign in and send the access token.")


def _from_id_token(claims: Mapping[str, Any]) -> Identity:
    """Who the access token of the same sign-in would have named."""
    user = claims.get("cognito:username")
    found = from_claims({**claims, "token_use": "access", "username": user, "client_id": None, "scope": ""})
    assert found.sign_in is not None
    return replace(found, sign_in=replace(found.sign_in, by_id_token=True))


def _sign_in(claims: Mapping[str, Any]) -> SignIn:
    session, at = claims.get("origin_jti"), str(claims.get("auth_time", ""))
    if not isinstance(session, str) or not session or not (at.isascii() and at.isdecimal()):
        raise NoIdentity("The token does not tell of which sign-in it comes.")
    return SignIn(session, int(at))


def _scopes(text: Any) -> frozenset[str]:
    """Those of our resource server, without its name."""
    prefix = f"{RESOURCE_SERVER}/"
    return frozenset(word.removeprefix(prefix) for word in str(text).split() if word.startswith(prefix))


def _groups(value: Any) -> list[str]:
    """API Gateway gives a list claim as the text `[a b]`."""
    return value if isinstance(value, list) else str(value).removeprefix("[").removesuffix("]").split()
