"""What operations on tags and their types return."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.tags import Tag, TagType


@dataclass(frozen=True)
class TagPage:
    """`required` are the types of which each new asset has a tag."""

    tags: list[Tag]
    required: Collection[str]
    cursor: str | None


@dataclass(frozen=True)
class TagTypePage:
    """Each with the names of its tags."""

    types: list[tuple[TagType, list[str]]]
    cursor: str | None


@dataclass(frozen=True)
class TagsChanged:
    """The names of what was changed."""

    names: tuple[str, ...]
    at: datetime
