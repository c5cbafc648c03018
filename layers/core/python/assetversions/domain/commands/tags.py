"""What callers ask of the tags that assets may have, and of their types."""

from dataclasses import dataclass

from assetversions.domain.commands.common import Page
from assetversions.domain.tags import Tag, TagType


@dataclass(frozen=True)
class ListTags:
    page: Page


@dataclass(frozen=True)
class PutTags:
    """`new` tells to define them, or to change those that are there."""

    tags: tuple[Tag, ...]
    new: bool


@dataclass(frozen=True)
class DeleteTag:
    name: str


@dataclass(frozen=True)
class ListTagTypes:
    page: Page


@dataclass(frozen=True)
class PutTagTypes:
    """As `PutTags`."""

    types: tuple[TagType, ...]
    new: bool


@dataclass(frozen=True)
class DeleteTagType:
    name: str
