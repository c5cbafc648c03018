"""Rules of deltas: when changes are stored instead of a list, and what they say against which base."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from assetversions.domain.manifests.manifest import ChunkRef, Entry, PathChange, Root
from assetversions.domain.manifests.merge import pair


class Limits(Struct, frozen=True):
    """How many changes may stand alone: every later delta carries them again, and every reader reads both.

    None where the base has fewer than `files`; else one file in `share`, and `changes` at most.
    """

    files: int = 1_000
    changes: int = 2_000
    share: int = 20

    def most(self, base: Root | None) -> int:
        """Changes against the full manifest that `base` goes back to; 0 if it is to be left alone."""
        if base is None or base.origin is None:
            return 0
        files = base.files - net(base.changes)[0]
        return 0 if files < self.files else min(self.changes, files // self.share)


LIMITS = Limits()


def far_apart(files: int, others: int) -> bool:
    """Whether two lists of so many files differ too much for a delta, whatever they hold."""
    return abs(files - others) > LIMITS.changes


def against_base(rows: Iterable[PathChange], base: Root) -> Iterator[PathChange]:
    """Rows against a manifest made into rows against the full one that it goes back to."""
    if not base.changes:
        return iter(rows)
    return (_against_base(row, change) for row, change in pair(rows, base.changes))


def different(rows: Iterable[PathChange]) -> Iterator[PathChange]:
    return (row for row in rows if row.current != row.base)


def present(rows: Iterable[PathChange]) -> Iterator[Entry]:
    """The entries that are there."""
    return (row.current for row in rows if row.current is not None)


def now(held: Mapping[str, Entry], root: Root) -> list[Entry]:
    """What a manifest has at these paths of the full one, and wherever it changes that, in order."""
    found = {**held, **{row.path: row.current for row in root.changes}}
    return [entry for path in sorted(found) if (entry := found[path]) is not None]


def net(changes: Iterable[PathChange]) -> tuple[int, int]:
    """How many files and bytes the changes add."""
    files = size = 0
    for row in changes:
        files += (row.current is not None) - (row.base is not None)
        size += (row.current.size if row.current else 0) - (row.base.size if row.base else 0)
    return files, size


def behind(changes: Iterable[PathChange], after: str | None) -> list[PathChange]:
    return [row for row in changes if after is None or row.path > after]


def shared(left: Root, right: Root) -> list[ChunkRef]:
    """The chunks that two full manifests have in common."""
    others = set(right.chunks)
    return [chunk for chunk in left.chunks if chunk in others]


def originals(changes: Iterable[PathChange]) -> list[Entry]:
    """What the base has at each path that one of the changes is about."""
    found = {row.path: row.base for row in changes if row.base is not None}
    return [found[path] for path in sorted(found)]


def within(changes: Iterable[PathChange], chunks: Iterable[ChunkRef]) -> list[PathChange]:
    """The changes at paths that lie in one of the chunks."""
    spans = [(chunk.first, chunk.last) for chunk in chunks]
    return [row for row in changes if any(first <= row.path <= last for first, last in spans)]


def _against_base(row: PathChange | None, change: PathChange | None) -> PathChange:
    if row is None:
        assert change is not None
        return change
    return row if change is None else PathChange(row.path, change.base, row.current)
