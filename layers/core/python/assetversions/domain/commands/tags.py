"""What callers ask of the tags that assets may have, and of their types."""

from msgspec import Struct

from assetversions.domain.commands.common import Page
from assetversions.domain.tags import Tag, TagType


class ListTags(Struct, frozen=True):
    page: Page


class PutTags(Struct, frozen=True):
    """`new` tells to define them, or to change those that are there."""

    tags: tuple[Tag, ...]
    new: bool


class DeleteTag(Struct, frozen=True):
    name: str


class ListTagTypes(Struct, frozen=True):
    page: Page


class PutTagTypes(Struct, frozen=True):
    """As `PutTags`."""

    types: tuple[TagType, ...]
    new: bool


class DeleteTagType(Struct, frozen=True):
    name: str
