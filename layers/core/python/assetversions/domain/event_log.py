"""What a commit moves, for the record; and what an asset pointed at in the past, read from that record."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from assetversions.domain.commits import Change, Event, Move
from assetversions.domain.model import Content, Version

CURRENT, PUBLISHED, ALIAS = "current", "published", "alias"


class Pointers(Struct, frozen=True):
    """The numbers of the versions that were current and published, and what each alias named."""

    current: int | None
    published: int | None
    aliases: dict[str, int]


def moves(change: Change) -> tuple[Move, ...]:
    """Every fact that differs after the change, with its value before and after."""
    return (*_pointer_moves(change), *_alias_moves(change), *_field_moves(change))


def pointers_at(events: Iterable[Event], instant: datetime) -> Pointers:
    """What the commits up to an instant left each pointer at; needs all events of the asset."""
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for event in events:
        if event.at <= instant:
            for move in event.moves:
                key = (move.what, move.name)
                if move.what in {CURRENT, PUBLISHED, ALIAS} and event.rev >= last.get(key, (0, 0))[0]:
                    last[key] = (event.rev, int(move.after or 0))
    numbers = {key: number for key, (_, number) in last.items() if number}
    aliases = {name: number for (what, name), number in sorted(numbers.items()) if what == ALIAS}
    return Pointers(numbers.get((CURRENT, "")), numbers.get((PUBLISHED, "")), aliases)


def _pointer_moves(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    if before.current != after.current:
        yield Move(CURRENT, "", before.current, after.current)
    if before.published != after.published:
        yield Move(PUBLISHED, "", before.published, after.published)


def _alias_moves(change: Change) -> Iterator[Move]:
    return (Move(ALIAS, name, before, after) for name, before, after in change.aliases)


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
