"""What operations on access answer with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

from assetversions.domain.policy import ApiToken, Thing

Item = TypeVar("Item")
Kept = TypeVar("Kept", bound=Thing)


class Listing(Struct, Generic[Item], frozen=True):
    items: Sequence[Item]
    cursor: str | None


class Changed(Struct, Generic[Kept], frozen=True):
    """The thing as it now stands, or last stood; `how` is created, changed or deleted."""

    thing: Kept
    how: str
    at: datetime


# Whatever was changed.
Recorded = Changed[Thing]


class NewToken(Struct, frozen=True):
    """`secret` is the token itself, told this once."""

    token: ApiToken
    secret: str
