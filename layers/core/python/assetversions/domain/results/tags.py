"""What operations on tags and their types return."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from assetversions.domain.tags import Tag, TagType


class TagPage(Struct, frozen=True):
    """`required` are the types of which each new asset has a tag."""

    tags: list[Tag]
    required: Collection[str]
    cursor: str | None


class TagTypePage(Struct, frozen=True):
    """Each with the names of its tags."""

    types: list[tuple[TagType, list[str]]]
    cursor: str | None


class TagsChanged(Struct, frozen=True):
    """The names of what was changed."""

    names: tuple[str, ...]
    at: datetime
