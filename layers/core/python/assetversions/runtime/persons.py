"""Whether a person may still come in: what the table has of them, looked up anew once a minute for all."""

from collections.abc import Callable, Mapping
from datetime import datetime

from authz.identity import Identity, SignIn
from msgspec import Struct
from msgspec.structs import asdict

from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.domain.policy import User
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.looks import Looks

SIGNED_OUT = "You are signed out, or may not sign in any more."

Question = Mapping[str, str | int]


class Standing(Struct, frozen=True):
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
    """The `Users` port, and what there is to know of who has signed in.

    It only reads: `look(question)` is the function that may ask the pool, and leaves the answer in the table.
    """

    def __init__(self, looks: Looks, look: Callable[[Question], None]) -> None:
        self._looks = looks
        self._look = look

    def find(self, name: str) -> User | None:
        """None for a user who does not exist, or is disabled."""
        if not 0 < len(name) <= 128:
            return None
        key = keys.look_at_name(name)
        found = self._taken(key, self._looks.read(key), self._looks.is_fresh, {"name": name})
        if "person" not in found:
            return None
        groups = frozenset(found["groups"])
        return User(found["person"], name, groups, found["mfa"], found.get("mail"))

    def standing(self, identity: Identity, item: Item | None, token: str) -> Standing:
        """Of one who has signed in; `item` is what the table has of them. Unauthenticated if that is over."""
        sign_in = identity.sign_in
        assert sign_in is not None
        if sign_in.by_id_token:
            return self._by_name(identity, sign_in, item)
        question: Question = {"person": identity.person, "token": token} | asdict(sign_in)
        key = keys.look_at_person(identity.person)
        found = self._taken(key, item, lambda one: proves(self._looks, one, sign_in), question)
        if sign_in.session in found.get("ended", {}):
            raise Unauthenticated(SIGNED_OUT)
        return Standing(found, found["mfa"], int(found["without_mfa_at"]), sign_in.at)

    def _by_name(self, identity: Identity, sign_in: SignIn, item: Item | None) -> Standing:
        """Of one who sent an ID token: the pool tells no more than who has the name now.

        Whether that sign-in was made with MFA is not known, so it counts as one without.
        """
        user = self.find(identity.user)
        ended = {} if item is None else item.get("ended", {})
        if user is None or user.person != identity.person or sign_in.session in ended:
            raise Unauthenticated(SIGNED_OUT)
        return Standing(item, mfa=False, signed_in_at=sign_in.at)

    def _taken(
        self, key: keys.Key, item: Item | None, serves: Callable[[Item], bool], question: Question
    ) -> Item:
        """An item that serves; Busy where there is none after a look: nobody comes in on old news."""
        if item is None or not serves(item):
            self._look(question)
            item = self._looks.read(key)
        if item is None or not serves(item):
            raise Busy("It could not be found out who calls; send the same request again.")
        return item


def proves(looks: Looks, item: Item, sign_in: SignIn) -> bool:
    """Whether a look tells if a sign-in holds.

    That one does proves the same of every later one: nobody was signed out since.
    """
    if sign_in.session in item.get("ended", {}):
        return True
    return looks.is_fresh(item) and item["since"] <= sign_in.at
