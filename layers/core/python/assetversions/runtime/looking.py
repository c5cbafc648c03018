"""The only function that asks the user pool: what it says is in the table for a minute, for all others."""

from functools import cache
from typing import Any

from authz.identity import SignIn

from assetversions.domain.policy import User
from assetversions.runtime import wiring
from assetversions.runtime.environment import setting
from assetversions.runtime.persons import proves
from assetversions.storage.cognito import CognitoPool
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.looks import LOOKED, Looks

# A sign-in's access tokens are over by then.
_OVER_AFTER_MS = 2 * 60 * 60 * 1000


def handler(event: dict[str, Any], _context: Any) -> None:
    """One look, of those that `runtime/persons.py` asks for; nothing comes back but that it was done."""
    if "name" in event:
        _looking().at_name(event["name"])
    else:
        sign_in = SignIn(event["session"], event["at"])
        _looking().at_person(event["person"], sign_in, event["token"])


class Looking:
    """One of those who find a look out of date asks; the others wait for the answer."""

    def __init__(self, pool: CognitoPool, looks: Looks) -> None:
        self._pool = pool
        self._looks = looks

    def at_name(self, name: str) -> None:
        """Whose it is now, and what groups they have."""

        def ask(_known: Item, at: int) -> Item:
            user = self._pool.user(name)
            return {LOOKED: at, keys.EXPIRES: at // 1000 + 86_400} | (_said(user) if user else {})

        self._looks.take(keys.look_at_name(name), self._looks.is_fresh, ask)

    def at_person(self, person: str, sign_in: SignIn, token: str) -> None:
        """Whether this sign-in, by a token of it, still holds."""

        def ask(known: Item, at: int) -> Item:
            return self._ask(person, sign_in, token, known, at)

        key = keys.look_at_person(person)
        self._looks.take(key, lambda item: proves(self._looks, item, sign_in), ask)

    def _ask(self, person: str, sign_in: SignIn, token: str, known: Item, at: int) -> Item:
        ended = {name: when for name, when in known.get("ended", {}).items() if when > at - _OVER_AFTER_MS}
        mfa = self._pool.has_mfa(token, person)
        if mfa is None:
            return known | {"ended": ended | {sign_in.session: at}}
        seen_without = known.get("without_mfa_at", 0) if mfa else at
        return {
            LOOKED: at,
            "since": sign_in.at,
            "mfa": mfa,
            "without_mfa_at": seen_without,
            "ended": ended,
        }


def _said(user: User) -> Item:
    return {"person": user.person, "groups": sorted(user.groups), "mfa": user.mfa, "mail": user.mail}


@cache
def _looking() -> Looking:
    pool = CognitoPool(wiring.cognito, setting("USER_POOL_ID"))
    return Looking(pool, Looks(wiring.table(), wiring.now))
