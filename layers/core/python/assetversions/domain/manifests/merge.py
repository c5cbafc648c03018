"""Compare two sorted lists of files without holding either of them."""

import re
from collections.abc import Iterable, Iterator
from hashlib import md5
from typing import NamedTuple, Protocol, TypeVar

from assetversions.domain.manifests.manifest import Entry, PathChange

_MD5 = re.compile(r"[0-9a-f]{32}")


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


def rows(base: Iterable[Entry], current: Iterable[Entry]) -> Iterator[PathChange]:
    """Every path of two lists, with what either has there."""
    for before, after in pair(base, current):
        either = before or after
        assert either is not None
        yield PathChange(either.path, before, after)


def overlay(entries: Iterable[Entry], changes: Iterable[PathChange]) -> Iterator[Entry]:
    """Sorted entries with sorted changes laid over them."""
    for entry, change in pair(entries, changes):
        result = entry if change is None else change.current
        if result is not None:
            yield result


def same_bytes(one: Entry, other: Entry) -> bool:
    """Whether two object versions hold the same content, as far as S3's ETag and the size tell.

    A file that came in parts has another ETag once S3 has copied it in one: the entry of the copy keeps the
    first one as its checksum, and that of a single part can be told from the plain one.
    """
    if one.size != other.size:
        return False
    return one.etag == other.etag or not _names(one).isdisjoint(_names(other))


def _names(entry: Entry) -> set[str]:
    """The ETags that this content has, or would have had."""
    return {entry.etag, _in_one_part(entry.etag), entry.checksum or entry.etag}


def _in_one_part(etag: str) -> str:
    """The ETag of an upload in one part, where `etag` is that of the same bytes put plainly: an MD5."""
    return (
        f"{md5(bytes.fromhex(etag), usedforsecurity=False).hexdigest()}-1" if _MD5.fullmatch(etag) else etag
    )
