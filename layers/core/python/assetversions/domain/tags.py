"""The tags that assets may have, once somebody has defined any, by their types."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from assetversions.domain.errors import Conflict, Invalid, NotFound

MAX_TAGS = 1_000
MAX_TYPES = 100


class TagType(Struct, frozen=True):
    """Of a `required` one, each new asset has a tag."""

    name: str
    description: str
    required: bool = False


class Tag(Struct, frozen=True):
    name: str
    description: str
    type: str


Named = TypeVar("Named", Tag, TagType)


class Vocabulary(Struct, frozen=True):
    """All of them, by name; `times` counts its changes."""

    types: tuple[TagType, ...] = ()
    tags: tuple[Tag, ...] = ()
    times: int = 0

    def required(self) -> frozenset[str]:
        return frozenset(one.name for one in self.types if one.required)

    def of(self, type_name: str) -> tuple[Tag, ...]:
        return tuple(tag for tag in self.tags if tag.type == type_name)

    def problem(self, tags: Collection[str]) -> str | None:
        """Why a new asset can't have just these; nothing is wrong while no tag is defined."""
        known = {tag.name: tag.type for tag in self.tags}
        unknown = [tag for tag in tags if tag not in known]
        if known and unknown:
            return f"there is no tag '{unknown[0]}'; GET /tags lists those that there are."
        missing = self.required() & set(known.values()) - {known[tag] for tag in tags if tag in known}
        if missing:
            return f"an asset needs a tag of type '{min(missing)}'; GET /tag-types lists its tags."
        return None

    def with_tags(self, tags: Iterable[Tag], new: bool) -> "Vocabulary":
        """Invalid for a tag of a type that is not there, or too many; else as `_put`."""
        types = {one.name for one in self.types}
        for tag in tags:
            if tag.type not in types:
                raise Invalid("tagTypeName", f"there is no tag type '{tag.type}'; define it first.")
        return replace(self, tags=_put("tag", self.tags, tags, new, MAX_TAGS))

    def with_types(self, types: Iterable[TagType], new: bool) -> "Vocabulary":
        """As `_put`."""
        return replace(self, types=_put("tag type", self.types, types, new, MAX_TYPES))

    def without_tag(self, name: str) -> "Vocabulary":
        """NotFound where it is not there; assets that have it keep it."""
        left = tuple(tag for tag in self.tags if tag.name != name)
        if left == self.tags:
            raise NotFound("tag", name)
        return replace(self, tags=left)

    def without_type(self, name: str) -> "Vocabulary":
        """NotFound where it is not there, Invalid while it has tags."""
        left = tuple(one for one in self.types if one.name != name)
        if left == self.types:
            raise NotFound("tag type", name)
        if tags := self.of(name):
            raise Invalid("tagTypeId", f"'{name}' is in use: delete tag '{tags[0].name}' first.")
        return replace(self, types=left)


def _put(
    kind: str, before: Iterable[Named], some: Iterable[Named], new: bool, most: int
) -> tuple[Named, ...]:
    """Conflict for a `new` one that is there, else NotFound for one that is not; Invalid for too many."""
    found = {one.name: one for one in before}
    for one in some:
        if new and one.name in found:
            raise Conflict(
                f"{kind.capitalize()} '{one.name}' exists already; change it, or choose another name."
            )
        if not new and one.name not in found:
            raise NotFound(kind, one.name)
        found[one.name] = one
    if len(found) > most:
        field = "tags" if kind == "tag" else "tagTypes"
        raise Invalid(field, f"there would be {len(found)}; {most} are the most; delete some first.")
    return tuple(found[name] for name in sorted(found))
