"""Claims of a verified token into the identity that rules are asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


class NoIdentity(Exception):
    """The claims name nobody, or the token is not of the kind that calls an API."""


@dataclass(frozen=True)
class Identity:
    """`user` is the sign-in name; `roles` come from the token's groups and from memberships."""

    user: str
    roles: frozenset[str]

    def with_roles(self, roles: Iterable[str]) -> "Identity":
        return replace(self, roles=self.roles | frozenset(roles))


def from_claims(claims: Mapping[str, Any]) -> Identity:
    """Read the claims that the JWT authorizer verified; NoIdentity for any but a user's access token."""
    user = claims.get("username")
    if claims.get("token_use") != "access" or not isinstance(user, str) or not user:
        raise NoIdentity("Sign in and send the access token.")
    return Identity(user, frozenset(_groups(claims.get("cognito:groups", ""))))


def _groups(value: Any) -> list[str]:
    """API Gateway gives a list claim as the text `[a b]`."""
    return value if isinstance(value, list) else str(value).removeprefix("[").removesuffix("]").split()
