"""How a caller names an asset, a version of it, and a page of a list."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from assetversions.domain.model import AssetRef, AssetUid

# Some APIs name an asset by its uid alone.
AssetName = AssetRef | AssetUid


class Standing(StrEnum):
    """What a version is to its asset now: the one that it points at, or the newest that is not deleted."""

    CURRENT = "current"
    LATEST = "latest"


class VersionRef(Struct, frozen=True):
    """One way to name a version of an asset: exactly one of its id, its number, its alias or its standing."""

    version_id: UUID | None = None
    number: int | None = None
    alias: str | None = None
    standing: Standing | None = None

    def __str__(self) -> str:
        named = (self.version_id, self.number, self.alias, self.standing)
        return next((str(one) for one in named if one is not None), "")


class Page(Struct, frozen=True):
    """How many items, and where to go on; `cursor_field` is what the caller's API calls the cursor."""

    size: int
    cursor: str | None = None
    cursor_field: str = "cursor"


class Offset(Struct, frozen=True):
    """A page by its place: behind `start` items, of versions up to the number `newest`.

    `size_field` is what the caller's API calls the size.
    """

    size: int
    start: int = 0
    newest: int | None = None
    size_field: str = "size"
