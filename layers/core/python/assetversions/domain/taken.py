"""How the working files were read for a version, and what is in it for certain."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class By(StrEnum):
    LIST = "list"
    JOURNAL = "journal"


class Taken(Struct, frozen=True):
    """What was there, or by the journal what was noted, `through` that moment is in the version."""

    by: By
    through: datetime
