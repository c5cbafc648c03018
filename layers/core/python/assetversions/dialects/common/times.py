"""A moment as text: as callers send it, and where whole seconds would not tell two events apart."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

# Beyond them a moment has no neighbours to compare it with, or no year of four digits in UTC.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-")
# A `+` that is not escaped in a query means a space.
_SPACED = re.compile(r"(?i)(.+T[0-9:.,]+) ([0-9]{2}:?[0-9]{2})")


def _with_plus(value: object) -> str:
    """A number is none: nobody said of what it counts seconds, or whether it does."""
    if not (isinstance(value, str) and _DATED.match(value)):
        raise PydanticCustomError("datetime_type", "is no instant")
    return _SPACED.sub(r"\1+\2", value)


def _known(moment: datetime) -> datetime:
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        found = None
    if found is None or not EARLIEST <= found < LATEST:
        raise ValueError("must be a moment of the years 1970 to 9998")
    return found


# What a caller sends, with its zone.
Moment = Annotated[AwareDatetime, BeforeValidator(_with_plus), AfterValidator(_known)]


def milliseconds(moment: datetime) -> str:
    """In UTC, ending in `Z`; so are microseconds."""
    return _text(moment, "milliseconds")


def microseconds(moment: datetime) -> str:
    return _text(moment, "microseconds")


def _text(moment: datetime, precision: str) -> str:
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
