"""Who wants to hear of an asset's new versions."""

from collections.abc import Collection

from msgspec import Struct

from assetversions.domain.model import AssetRef

MAX_SUBSCRIBERS = 100
_BETWEEN = "#"


class Subscriber(Struct, frozen=True):
    """`person` is who was called `name` then; it is empty for those from before persons were kept."""

    person: str
    name: str

    @property
    def text(self) -> str:
        """As it is stored."""
        return f"{self.person}{_BETWEEN}{self.name}"


def subscriber(text: str) -> Subscriber:
    person, mark, name = text.partition(_BETWEEN)
    return Subscriber(person, name) if mark else Subscriber("", text)


class Ticket(Struct, frozen=True):
    """What a link in a letter ends: a person's subscription to the asset with this uid."""

    uid: int
    person: str


class Subscription(Struct, frozen=True):
    """`subscribers` are the texts of all who are in."""

    ref: AssetRef
    subscribers: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(subscriber(text).name for text in self.subscribers)

    def of(self, person: str) -> frozenset[str]:
        """The texts of one person, or none."""
        return frozenset(text for text in self.subscribers if subscriber(text).person == person)

    def called(self, names: Collection[str]) -> frozenset[str]:
        """The texts of those who are in under these names."""
        return frozenset(text for text in self.subscribers if subscriber(text).name in names)
