"""What operations on metadata return."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset


class MetadataOf(Struct, frozen=True):
    """What is said of a thing in a database: of its `asset`, or of the file at this `path` in it."""

    database_id: str
    entries: Metadata
    asset: Asset | None = None
    path: str | None = None


class MetadataChanged(Struct, frozen=True):
    """The keys for which what was asked is so now, and why it can't be for others.

    `rev` is that of the asset that they are about, if it is one.
    """

    keys: tuple[str, ...]
    at: datetime
    failed: Mapping[str, str] = field(default_factory=dict)
    rev: int | None = None
