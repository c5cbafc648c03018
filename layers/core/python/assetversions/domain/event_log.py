"""What a commit moves, for the record."""

from collections.abc import Iterator
from dataclasses import dataclass

from assetversions.domain.model import Change, Content, Move, Version

CURRENT, PUBLISHED, ALIAS = "current", "published", "alias"


@dataclass(frozen=True)
class Pointers:
    """The numbers of the versions that were current and published, and what each alias named."""

    current: int | None
    published: int | None
    aliases: dict[str, int]


def moves(change: Change) -> tuple[Move, ...]:
    """Every fact that differs after the change, with its value before and after."""
    return (*_pointer_moves(change), *_alias_moves(change), *_field_moves(change))


def _pointer_moves(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    if before.current != after.current:
        yield Move(CURRENT, "", before.current, after.current)
    if before.published != after.published:
        yield Move(PUBLISHED, "", before.published, after.published)


def _alias_moves(change: Change) -> Iterator[Move]:
    number = change.event.number
    if change.alias_freed is not None:
        yield Move(ALIAS, change.alias_freed, number, None)
    if change.alias_taken is not None:
        yield Move(ALIAS, change.alias_taken, None, number)


def _field_moves(change: Change) -> Iterator[Move]:
    for old, new in zip(change.replaced, change.updated, strict=True):
        before, after = _facts(old), _facts(new)
        for what in before:
            if before[what] != after[what]:
                yield Move(what, str(old.number), before[what], after[what])


def _facts(version: Version) -> dict[str, str | int | None]:
    return {
        "state": str(version.state),
        "comment": version.comment,
        "protected": "yes" if version.protected else "no",
        "content": _content(version.content) or version.manifest,
        "variables": version.variables,
    }


def _content(content: Content | None) -> str | None:
    return None if content is None else content.url or content.object_version
