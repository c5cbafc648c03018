"""How the working files were read for a version, and what is in it for certain."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class By(StrEnum):
    LIST = "list"
    JOURNAL = "journal"


@dataclass(frozen=True)
class Taken:
    """What was there, or by the journal what was noted, `through` that moment is in the version."""

    by: By
    through: datetime
