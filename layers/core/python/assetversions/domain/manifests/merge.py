"""Compare two sorted lists of files without holding either of them."""

import re
from collections.abc import Iterable, Iterator
from hashlib import md5
from typing import NamedTuple, Protocol, TypeVar

from assetversions.domain.manifests.manifest import Entry, PathChange

_MD5 = re.compile(r"[0-9a-f]{32}")
_WHOLE = re.compile(r"[0-9a-f]{32}(-1)?")
_COPY = "etag:"


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
    """Whether two object versions hold the same content; where that can't be told, they do not."""
    return tell_bytes(one, other) is True


def tell_bytes(one: Entry, other: Entry) -> bool | None:
    """Whether two object versions hold the same content; None where S3 has to be asked for a checksum.

    An ETag tells the bytes of a file that came in one part. One of several parts tells how the file was cut,
    too, and one of a file encrypted by a KMS key tells nothing.
    """
    if one.size != other.size:
        return False
    if one.etag == other.etag or not names_of_bytes(one).isdisjoint(names_of_bytes(other)):
        return True
    told = (_etag_tells(one) and _etag_tells(other)) or _of_one_algorithm(one, other)
    return False if told else None


def _of_one_algorithm(one: Entry, other: Entry) -> bool:
    """Whether their checksums would be equal if their bytes were."""
    both = [entry.checksum for entry in (one, other) if entry.checksum and has_checksum(entry)]
    return len(both) == 2 and len({checksum.partition(":")[0] for checksum in both}) == 1


def has_checksum(entry: Entry) -> bool:
    return entry.checksum is not None and not entry.checksum.startswith(_COPY)


def copied_checksum(source: Entry, etag: str) -> str | None:
    """What the entry of a copy with this ETag keeps, so that it can be told to hold its source's bytes."""
    if source.checksum is not None:
        return source.checksum
    return None if source.etag == etag else _COPY + source.etag


def _etag_tells(entry: Entry) -> bool:
    return entry.checksum is None and tells_bytes(entry.etag)


def tells_bytes(etag: str) -> bool:
    """Whether an ETag is made of all bytes alone, unless the file is encrypted by a KMS key."""
    return _WHOLE.fullmatch(etag) is not None


def names_of_bytes(entry: Entry) -> set[str]:
    """What this content is called, or would have been called."""
    return {entry.etag, _in_one_part(entry.etag), (entry.checksum or entry.etag).removeprefix(_COPY)}


def _in_one_part(etag: str) -> str:
    """The ETag of an upload in one part, where `etag` is that of the same bytes put plainly: an MD5."""
    return (
        f"{md5(bytes.fromhex(etag), usedforsecurity=False).hexdigest()}-1" if _MD5.fullmatch(etag) else etag
    )
