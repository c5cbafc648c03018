"""Whether a person may still come in: asked of the user pool once a minute, by one container for all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authz.identity import Identity, SignIn

from assetversions.domain.errors import Unauthenticated
from assetversions.domain.policy import User
from assetversions.storage.cognito import CognitoPool
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.looks import LOOKED, Looks

SIGNED_OUT = "You are signed out, or may not sign in any more."
# A sign-in's access tokens are over by then.
_OVER_AFTER_MS = 2 * 60 * 60 * 1000

Item = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """What counts for one who has signed in, by the look `item`; `mfa` is whether the pool asks them for it.

    `signed_in_at` (seconds) None stands for now; `without_mfa_at` (milliseconds) is when they last had none.
    """

    item: Item | None
    mfa: bool
    without_mfa_at: int = 0
    signed_in_at: int | None = None

    def counts(self, confirmed: datetime | None) -> bool:
        """Whether this sign-in was made with MFA that was in place, and confirmed, before it."""
        if not self.mfa or confirmed is None:
            return False
        since = confirmed.timestamp() * 1000
        return since > self.without_mfa_at and (
            self.signed_in_at is None or self.signed_in_at * 1000 >= since
        )


class Persons:
    """The `Users` port, and what there is to know of who has signed in."""

    def __init__(self, pool: CognitoPool, looks: Looks) -> None:
        self._pool = pool
        self._looks = looks

    def find(self, name: str) -> User | None:
        """None for a user who does not exist, or is disabled."""
        if not 0 < len(name) <= 128:
            return None

        def ask(_known: Item, at: int) -> Item:
            user = self._pool.user(name)
            said = {"person": user.person, "groups": sorted(user.groups), "mfa": user.mfa} if user else {}
            return {LOOKED: at, keys.EXPIRES: at // 1000 + 86_400} | said

        key = keys.look_at_name(name)
        found = self._looks.take(key, self._looks.read(key), self._looks.is_fresh, ask)
        if "person" not in found:
            return None
        return User(found["person"], name, frozenset(found["groups"]), found["mfa"])

    def standing(self, identity: Identity, item: Item | None, token: str) -> Standing:
        """Of one who has signed in; `item` is what the table has of them. Unauthenticated if that is over."""
        sign_in = identity.sign_in
        assert sign_in is not None

        def ask(known: Item, at: int) -> Item:
            return self._ask(identity.person, sign_in, token, known, at)

        found = self._looks.take(
            keys.look_at_person(identity.person), item, lambda one: self._serves(one, sign_in), ask
        )
        if sign_in.session in found.get("ended", {}):
            raise Unauthenticated(SIGNED_OUT)
        return Standing(found, found["mfa"], int(found["without_mfa_at"]), sign_in.at)

    def _serves(self, item: Item, sign_in: SignIn) -> bool:
        """That one sign-in holds proves the same of every later one: nobody was signed out since."""
        if sign_in.session in item.get("ended", {}):
            return True
        return self._looks.is_fresh(item) and item["since"] <= sign_in.at

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
