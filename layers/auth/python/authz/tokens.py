"""Cognito's JWTs, checked with python-jose: signature, algorithm, issuer, client, use and times.

The vendor layer holds `cryptography` for it: without, it would take the hash from the signature, SHA-1 too.
"""

import time
from collections.abc import Callable, Collection
from typing import Any

from jose import jwt
from jose.exceptions import JOSEError

from authz.identity import KeysUnavailable, NoIdentity

ALGORITHM = "RS256"
# A token with an unknown key id makes us fetch the keys again, but no flood of them makes a flood of fetches.
REFETCH_SECONDS = 30.0
# What fails once is mostly there a moment later.
FETCHES = 2

Keys = list[dict[str, Any]]


class JwtVerifier:
    """Keeps the pool's keys; `fetch` gets the current ones."""

    def __init__(
        self,
        issuer: str,
        clients: Collection[str],
        fetch: Callable[[], Keys],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._clients = tuple(clients)
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, dict[str, Any]] = {}
        self._fetched: float | None = None

    def claims(self, token: str) -> dict[str, Any]:
        """The claims of a good access token; NoIdentity for anything else, KeysUnavailable for who knows."""
        try:
            header = jwt.get_unverified_header(token)
            key = self._key(header.get("kid"))
            if key is None:
                raise NoIdentity("The token is not signed by our user pool.")
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                options={"require_exp": True, "require_iss": True, "verify_aud": False},
            )
        except (JOSEError, ValueError, TypeError, AttributeError) as error:
            raise NoIdentity("The token is not valid, or no longer.") from error
        if claims.get("token_use") != "access" or claims.get("client_id") not in self._clients:
            raise NoIdentity("Send an access token of this API's client.")
        return claims

    def _key(self, key_id: Any) -> dict[str, Any] | None:
        if not isinstance(key_id, str):
            return None
        if key_id not in self._keys and self._may_fetch():
            self._keys = self._current()
            self._fetched = self._clock()
        return self._keys.get(key_id)

    def _current(self) -> dict[str, dict[str, Any]]:
        """The pool's keys; those that are known stay until there are others."""
        problem: Exception | None = None
        for _ in range(FETCHES):
            try:
                return {key["kid"]: key for key in self._fetch() if key.get("kty") == "RSA"}
            except (OSError, ValueError, LookupError) as error:
                problem = error
        raise KeysUnavailable("The user pool's keys can't be had; send the same request again.") from problem

    def _may_fetch(self) -> bool:
        return self._fetched is None or self._clock() - self._fetched >= REFETCH_SECONDS
