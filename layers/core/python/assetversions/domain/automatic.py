"""When a version is made without a call: what a database or an asset says of it, and what is waiting."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

MIN_SECONDS, MAX_SECONDS = 5, 86_400


class After(StrEnum):
    """`UNSAID` leaves it to the database; where that doesn't say either, no version makes itself."""

    UNSAID = "unsaid"
    NEVER = "never"
    UPLOAD = "upload"
    QUIET = "quiet"


class AutoVersion(Struct, frozen=True):
    """`seconds` is for how long nothing may have changed, where that is what a version waits for."""

    after: After
    seconds: int | None = None


UNSAID = AutoVersion(After.UNSAID)


class Failed(Struct, frozen=True):
    """Why the last automatic version could not be made, and since when that is known."""

    reason: str
    at: datetime


class Turn(NamedTuple):
    """What a message says: the `mark` whose version is to be made, and that so many attempts came before."""

    mark: str
    attempt: int = 0


class Waiting(Struct, frozen=True):
    """A version of an asset that makes itself once it is `due`, unless a newer `mark` has come by then."""

    due: datetime
    mark: str
    failed: Failed | None = None
