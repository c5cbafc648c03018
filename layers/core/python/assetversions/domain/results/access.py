"""What operations on access answer with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from assetversions.domain.policy import ApiToken, Thing

Item = TypeVar("Item")
Kept = TypeVar("Kept", bound=Thing)


@dataclass(frozen=True)
class Listing(Generic[Item]):
    items: Sequence[Item]
    cursor: str | None


@dataclass(frozen=True)
class Changed(Generic[Kept]):
    """The thing as it now stands, or last stood; `how` is created, changed or deleted."""

    thing: Kept
    how: str
    at: datetime


# Whatever was changed.
Recorded = Changed[Thing]


@dataclass(frozen=True)
class NewToken:
    """`secret` is the token itself, told this once."""

    token: ApiToken
    secret: str
