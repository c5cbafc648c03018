"""How manifests and metadata are written, read and compared, over any place that keeps bodies by digest."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import chain, islice, takewhile

from assetversions.domain.manifests import delta, manifest
from assetversions.domain.manifests.delta import LIMITS, Limits
from assetversions.domain.manifests.manifest import ChunkRef, Entry, PathChange, Root
from assetversions.domain.manifests.merge import overlay, pair
from assetversions.domain.metadata import Metadata, decode, encode
from assetversions.domain.ports.manifests import Stored


class ManifestStore(ABC):
    """The `Manifests` port but for `_get` and `_put`; `target` is how many entries a chunk should have."""

    def __init__(self, target: int = manifest.CHUNK_TARGET, limits: Limits = LIMITS) -> None:
        self._target = target
        self._limits = limits

    def write(self, uid: int, rows: Iterable[PathChange], base: Root | None) -> Stored:
        """As a delta while the changes are few; they are held until they are too many, nothing else is."""
        most = self._limits.most(base)
        if base is None or not most:
            return self._write_full(uid, delta.present(rows), base and self._full(uid, base))
        ahead = delta.against_base(rows, base)
        changes = list(islice(delta.different(ahead), most + 1))
        if len(changes) <= most:
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
        """Reads the root, of a delta that has no change there the base's, and the one chunk to look in."""
        root = self.root(uid, digest)
        if change := next((row for row in root.changes if row.path == path), None):
            return change.current
        full = self._full(uid, root)
        near = tuple(chunk for chunk in full.chunks if chunk.first <= path <= chunk.last)
        entries = self._listed(uid, replace(full, chunks=near))
        return next((entry for entry in entries if entry.path == path), None)

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

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        """One document, under its digest, beside the manifests."""
        if not metadata:
            return None
        body = encode(metadata)
        digest = manifest.digest(body)
        self._put(uid, digest, body)
        return digest

    def metadata(self, uid: int, digests: Collection[str | None]) -> dict[str | None, Metadata]:
        """The documents by their digests; nothing is stored under None, for no metadata."""
        kept = sorted({digest for digest in digests if digest is not None})
        bodies = self._get_many(uid, kept)
        return {None: ()} | {digest: decode(body) for digest, body in zip(kept, bodies, strict=True)}

    def _full(self, uid: int, root: Root) -> Root:
        """The manifest that a delta is based on; any other one is its own."""
        return root if root.base is None else self.root(uid, root.base)

    def _listed(
        self, uid: int, full: Root, after: str | None = None, skip: Collection[ChunkRef] = ()
    ) -> Iterator[Entry]:
        yield from (entry for entry in full.entries if after is None or entry.path > after)
        for chunk in full.chunks:
            if chunk not in skip and (after is None or chunk.last > after):
                stretch = manifest.decode_entries(self._get(uid, chunk.digest))
                yield from (entry for entry in stretch if after is None or entry.path > after)

    def _write_delta(self, uid: int, base: Root, changes: list[PathChange]) -> Stored:
        """Without any change it is the base again."""
        (files, size), (base_files, base_size) = delta.net(changes), delta.net(base.changes)
        totals = base.files + files - base_files, base.bytes + size - base_size
        if not changes:
            assert base.origin is not None
            return Stored(base.origin, *totals)
        return self._write_root(uid, Root(*totals, base=base.origin, changes=tuple(changes)), base)

    def _write_full(self, uid: int, entries: Iterable[Entry], base: Root | None) -> Stored:
        """Chunks first, root last; what `base` has already is not sent again."""
        rest = iter(entries)
        head = list(islice(rest, self._target + 1))
        if len(head) <= self._target:
            root = Root(len(head), sum(entry.size for entry in head), entries=tuple(head))
            return self._write_root(uid, root, base)
        has = {chunk.digest for chunk in base.chunks} if base else set()
        stretches = manifest.cut(chain(head, rest), self._target)
        refs = tuple(self._write_chunk(uid, stretch, has) for stretch in stretches)
        root = Root(sum(ref.files for ref in refs), sum(ref.bytes for ref in refs), chunks=refs)
        return self._write_root(uid, root, base)

    def _write_chunk(self, uid: int, stretch: list[Entry], stored: Collection[str]) -> ChunkRef:
        body = manifest.encode_entries(stretch)
        digest = manifest.digest(body)
        if digest not in stored:
            self._put(uid, digest, body)
        total = sum(entry.size for entry in stretch)
        return ChunkRef(digest, stretch[0].path, stretch[-1].path, len(stretch), total)

    def _write_root(self, uid: int, root: Root, base: Root | None) -> Stored:
        body = manifest.encode_root(root)
        digest = manifest.digest(body)
        if root != base:
            self._put(uid, digest, body)
        return Stored(digest, root.files, root.bytes)

    @abstractmethod
    def _get(self, uid: int, digest: str) -> bytes:
        """Damaged for a body that is not there, or is not what its digest says."""

    def _get_many(self, uid: int, digests: Sequence[str]) -> list[bytes]:
        return [self._get(uid, digest) for digest in digests]

    @abstractmethod
    def _put(self, uid: int, digest: str, body: bytes) -> None: ...
