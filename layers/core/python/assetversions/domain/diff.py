"""Compare two sorted lists of files without holding either of them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from assetversions.domain.manifest import Entry, Row


class HasPath(Protocol):
    @property
    def path(self) -> str: ...


class Changed(NamedTuple):
    """A path and what stands there instead; None for nothing."""

    path: str
    entry: Entry | None


Left = TypeVar("Left", bound=HasPath)
Right = TypeVar("Right", bound=HasPath)


def pair(left: Iterable[Left], right: Iterable[Right]) -> Iterator[tuple[Left | None, Right | None]]:
    """Walk two lists sorted by path side by side: every path once, None where a side lacks it."""
    lefts, rights = iter(left), iter(right)
    a, b = next(lefts, None), next(rights, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a.path < b.path):
            yield a, None
            a = next(lefts, None)
        elif a is None or b.path < a.path:
            yield None, b
            b = next(rights, None)
        else:
            yield a, b
            a, b = next(lefts, None), next(rights, None)


def rows(known: Iterable[Entry], now: Iterable[Entry]) -> Iterator[Row]:
    """Every path of two lists, with what either has there."""
    for before, after in pair(known, now):
        either = before or after
        assert either is not None
        yield Row(either.path, before, after)


def overlay(entries: Iterable[Entry], changes: Iterable[Row]) -> Iterator[Entry]:
    """Sorted entries with sorted changes laid over them."""
    for entry, change in pair(entries, changes):
        result = entry if change is None else change.now
        if result is not None:
            yield result


def same_bytes(one: Entry, other: Entry) -> bool:
    """Whether two object versions hold the same content, as far as S3's ETag and the size tell."""
    return (one.etag, one.size) == (other.etag, other.size)
