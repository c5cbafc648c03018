"""How manifests are written, read and compared, over any place that keeps bodies by digest."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, islice, takewhile

from assetversions.domain import primary_file
from assetversions.domain.manifests import delta, manifest, stretch
from assetversions.domain.manifests.delta import LIMITS, Limits
from assetversions.domain.manifests.manifest import ChunkRef, Entry, PathChange, Root
from assetversions.domain.manifests.merge import overlay, pair
from assetversions.domain.manifests.metadata_store import MetadataStore
from assetversions.domain.manifests.summary import Summary
from assetversions.domain.portable import Folds
from assetversions.domain.ports.manifests import Excerpt, Stored
from assetversions.domain.thumbnails import thumbnails

# The part of a manifest that is its root.
ALONE = ""


class ManifestStore(MetadataStore):
    """The `Manifests` port but for `_get` and `_put`; `target` is how many entries a chunk should have."""

    def __init__(self, target: int = manifest.CHUNK_TARGET, limits: Limits = LIMITS) -> None:
        self._target = target
        self._limits = limits

    def write(
        self, uid: int, rows: Iterable[PathChange], base: Root | None, excerpt: Excerpt | None = None
    ) -> Stored:
        """As a delta while the changes are few; they are held until they are too many, nothing else is."""
        most = self._limits.most(base)
        if base is None or not most:
            return self._write_full(uid, delta.present(rows), base and self._full(uid, base))
        ahead = delta.against_base(rows, base)
        changes = list(islice(delta.different(ahead), most + 1 if excerpt is None else None))
        if len(changes) <= most or excerpt is not None:
            return self._write_delta(uid, base, changes)
        full, last = self._full(uid, base), changes[-1].path
        before = takewhile(lambda entry: entry.path < last, self.entries(uid, full))
        return self._write_full(uid, chain(overlay(before, changes), delta.present(ahead)), full)

    def root(self, uid: int, digest: str) -> Root:
        return manifest.decode_root(self._get(uid, digest))

    def entries(self, uid: int, root: Root, after: str | None = None) -> Iterator[Entry]:
        """In path order, beginning behind `after`; one chunk is open at a time."""
        full = self._full(uid, root)
        yield from overlay(self._listed(uid, full, after), delta.behind(root.changes, after))

    def find(self, uid: int, digest: str, path: str) -> Entry | None:
        """Reads the root, of a delta that has no change there what its base has near it."""
        return next(iter(self.at(uid, self.root(uid, digest), [path])), None)

    def find_each(self, uid: int, digests: Sequence[str], path: str) -> Iterator[Entry | None]:
        return self._side_by_side(lambda digest: self.find(uid, digest, path), digests)

    def _side_by_side(
        self, find: Callable[[str], Entry | None], digests: Sequence[str]
    ) -> Iterator[Entry | None]:
        return map(find, digests)

    def at(self, uid: int, root: Root, paths: Collection[str]) -> list[Entry]:
        held = self._held(uid, root, paths, {})
        return [entry for entry in delta.now(held, root) if entry.path in paths]

    def excerpt(self, uid: int, root: Root, paths: Collection[str], wanted: str | None) -> Excerpt | None:
        """None unless one of the largest stays: then none but that, or what changed, can stand for all."""
        changed = {row.path for row in root.changes}
        standing = [one for one in root.largest if one.path not in changed and one.path not in paths]
        if not standing or len({*changed, *paths}) > self._limits.most(root):
            return None
        others = [one for one in delta.present(root.changes) if one.path not in paths]
        may_stand = {*paths, primary_file.first([*standing, *others])[0].path, wanted or ""}
        near = chain.from_iterable(map(thumbnails, may_stand))
        opened: dict[str, bytes] = {}
        held = self._held(uid, root, {*may_stand, *near}, opened) | {one.path: one for one in standing}
        names = held.keys() | {row.path for row in root.changes if row.base is not None}
        return Excerpt(delta.now(held, root), names, lambda: self._folds(uid, root, opened))

    def _held(
        self, uid: int, root: Root, paths: Collection[str], opened: dict[str, bytes]
    ) -> dict[str, Entry]:
        """What the full manifest has at these, but where it is changed; `opened` gets the hashes met."""
        asked, found = sorted({*paths} - {row.path for row in root.changes}), list[Entry]()
        full = self._full(uid, root) if asked else root
        for name, near in _near(full, asked):
            lines, opened[name] = stretch.split(self._body(uid, full, name))
            found += stretch.look_up(lines, near)
        return {entry.path: entry for entry in found}

    def _folds(self, uid: int, root: Root, opened: dict[str, bytes]) -> list[Folds]:
        """Of the full manifest, of which no part is read that was `opened` before."""
        names = [chunk.digest for chunk in root.chunks] or [ALONE]
        for name in names:
            if name not in opened:
                opened[name] = stretch.split(self._body(uid, self._full(uid, root), name))[1]
        return [stretch.decode_folds(opened[name]) for name in names]

    def _body(self, uid: int, full: Root, name: str) -> bytes:
        return full.lines if name == ALONE else self._get(uid, name)

    def beside(
        self, uid: int, left: Root, right: Root, after: str | None = None
    ) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Opens no chunk that both share, and nothing at all where both go back to the same list."""
        changes = [delta.behind(side.changes, after) for side in (left, right)]
        both = chain(*changes)
        if left.origin is not None and left.origin == right.origin:
            originals = delta.originals(both)
            return pair(*(overlay(originals, side) for side in changes))
        full = self._full(uid, left), self._full(uid, right)
        shared = delta.shared(*full)
        originals = delta.originals(delta.within(both, shared))
        lists = (self._listed(uid, side, after, shared) for side in full)
        bases = (merge(listed, originals) for listed in lists)
        return pair(*(overlay(listed, side) for listed, side in zip(bases, changes, strict=True)))

    def _full(self, uid: int, root: Root) -> Root:
        """What a delta is based on, read where the delta does not tell it; any other one is its own."""
        if root.base is None:
            return root
        if not root.chunks:
            return self.root(uid, root.base)
        files, size = delta.net(root.changes)
        totals = root.files - files, root.bytes - size
        return Root(*totals, chunks=root.chunks, largest=root.largest, digest=root.base)

    def _listed(
        self, uid: int, full: Root, after: str | None = None, skip: Collection[ChunkRef] = ()
    ) -> Iterator[Entry]:
        yield from _behind(full.lines, after)
        for chunk in full.chunks:
            if chunk not in skip and (after is None or chunk.last > after):
                yield from _behind(self._get(uid, chunk.digest), after)

    def _write_delta(self, uid: int, base: Root, changes: list[PathChange]) -> Stored:
        """Without any change it is the base again."""
        (files, size), (base_files, base_size) = delta.net(changes), delta.net(base.changes)
        totals = base.files + files - base_files, base.bytes + size - base_size
        if not changes:
            assert base.origin is not None
            return Stored(base.origin, *totals)
        new = Root(
            *totals, chunks=base.chunks, base=base.origin, changes=tuple(changes), largest=base.largest
        )
        return self._write_root(uid, new, base)

    def _write_full(self, uid: int, entries: Iterable[Entry], base: Root | None) -> Stored:
        """Chunks first, root last; what `base` has already is not sent again."""
        rest = iter(entries)
        head = list(islice(rest, self._target + 1))
        if len(head) <= self._target:
            return self._write_root(uid, self._alone(head), base)
        has, summary = {chunk.digest for chunk in base.chunks} if base else set(), Summary()
        stretches = manifest.cut(chain(head, rest), self._target)
        refs = tuple(self._write_chunk(uid, some, summary.encoded(some), has) for some in stretches)
        totals = sum(ref.files for ref in refs), sum(ref.bytes for ref in refs)
        return self._write_root(uid, Root(*totals, chunks=refs, largest=summary.largest()), base)

    def _alone(self, entries: list[Entry]) -> Root:
        """What fits one chunk; nothing is told of so few that they have no deltas."""
        totals = len(entries), sum(entry.size for entry in entries)
        if len(entries) < self._limits.files:
            return Root(*totals, stretch.encode_entries(entries))
        summary = Summary()
        lines = summary.encoded(entries)
        return Root(*totals, lines, largest=summary.largest())

    def _write_chunk(self, uid: int, entries: list[Entry], body: bytes, stored: Collection[str]) -> ChunkRef:
        digest = manifest.digest(body)
        if digest not in stored:
            self._put(uid, digest, body)
        total = sum(entry.size for entry in entries)
        return ChunkRef(digest, entries[0].path, entries[-1].path, len(entries), total)

    def _write_root(self, uid: int, root: Root, base: Root | None) -> Stored:
        body = manifest.encode_root(root)
        digest = manifest.digest(body)
        if base is None or digest != base.digest:
            self._put(uid, digest, body)
        return Stored(digest, root.files, root.bytes)


def _behind(body: bytes, after: str | None) -> Iterator[Entry]:
    return (entry for entry in stretch.decode_entries(body) if after is None or entry.path > after)


def _near(full: Root, paths: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The parts in which these sorted paths may be, each with those that may."""
    if not full.chunks and paths:
        yield ALONE, paths
    for chunk in full.chunks:
        if near := paths[bisect_left(paths, chunk.first) : bisect_right(paths, chunk.last)]:
            yield chunk.digest, near
