"""How metadata is written and read, over any place that keeps bodies by digest."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence

from assetversions.domain import file_metadata
from assetversions.domain.file_metadata import FileMetadata, Listing, Part
from assetversions.domain.manifests import manifest
from assetversions.domain.manifests.merge import pair
from assetversions.domain.metadata import Metadata, decode, encode

NOTHING = Listing()


class MetadataStore(ABC):
    """That half of the `Manifests` port, but for `_get` and `_put`."""

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        """One document, under its digest, beside the manifests."""
        return self._keep(uid, encode(metadata)) if metadata else None

    def metadata(self, uid: int, digests: Collection[str | None]) -> dict[str | None, Metadata]:
        """The documents by their digests; nothing is stored under None, for no metadata."""
        kept = sorted({digest for digest in digests if digest is not None})
        bodies = self._get_many(uid, kept)
        return {None: ()} | {digest: decode(body) for digest, body in zip(kept, bodies, strict=True)}

    def write_file_metadata(self, uid: int, base: str | None, rows: Collection[FileMetadata]) -> str | None:
        """Parts first, root last; what does not change is not sent again."""
        before, new = self._listing(uid, base), sorted(rows)
        if before.parts:
            return self._keep_listing(uid, Listing(parts=tuple(self._changed(uid, before.parts, new))))
        pieces = list(file_metadata.cut(file_metadata.changed(before.rows, new)))
        if len(pieces) > 1:
            return self._keep_listing(uid, Listing(parts=tuple(self._parts(uid, pieces))))
        return self._keep_listing(uid, Listing(tuple(*pieces)))

    def file_metadata(self, uid: int, digest: str | None, after: str | None = None) -> Iterator[FileMetadata]:
        """One part is open at a time."""
        return self._behind(uid, self._listing(uid, digest), after)

    def file_metadata_at(self, uid: int, digest: str | None, path: str) -> FileMetadata:
        """Reads the root, and the part that may have it."""
        listing = self._listing(uid, digest)
        part = next((part for part in listing.parts if path <= part.last), None)
        rows = listing.rows if part is None else self._rows(uid, part)
        return next((row for row in rows if row.path == path), FileMetadata(path))

    def file_metadata_beside(
        self, uid: int, left: str | None, right: str | None, after: str | None = None
    ) -> Iterator[tuple[FileMetadata, FileMetadata]]:
        """Opens no part that both share."""
        if left == right:
            return
        both = self._listing(uid, left), self._listing(uid, right)
        shared = set(both[0].parts) & set(both[1].parts)
        for old, new in pair(*(self._behind(uid, side, after, shared) for side in both)):
            path = (old or new or FileMetadata("")).path
            if old != new:
                yield old or FileMetadata(path), new or FileMetadata(path)

    def _behind(
        self, uid: int, listing: Listing, after: str | None, skip: Collection[Part] = ()
    ) -> Iterator[FileMetadata]:
        yield from (row for row in listing.rows if after is None or row.path > after)
        for part in listing.parts:
            if part not in skip and (after is None or part.last > after):
                yield from (row for row in self._rows(uid, part) if after is None or row.path > after)

    def _listing(self, uid: int, digest: str | None) -> Listing:
        return NOTHING if digest is None else file_metadata.decode_listing(self._get(uid, digest))

    def _rows(self, uid: int, part: Part) -> list[FileMetadata]:
        return file_metadata.decode_rows(self._get(uid, part.digest))

    def _changed(self, uid: int, parts: Sequence[Part], rows: Sequence[FileMetadata]) -> Iterator[Part]:
        for part, mine in zip(parts, file_metadata.shares(parts, rows), strict=True):
            if mine:
                new = file_metadata.changed(self._rows(uid, part), mine)
                yield from self._parts(uid, file_metadata.cut(new))
            else:
                yield part

    def _keep_listing(self, uid: int, listing: Listing) -> str | None:
        empty = not listing.rows and not listing.parts
        return None if empty else self._keep(uid, file_metadata.encode_listing(listing))

    def _parts(self, uid: int, pieces: Iterable[list[FileMetadata]]) -> list[Part]:
        bodies = [(file_metadata.encode_rows(piece), piece[-1].path) for piece in pieces]
        return [Part(self._keep(uid, body), last) for body, last in bodies]

    def _keep(self, uid: int, body: bytes) -> str:
        digest = manifest.digest(body)
        self._put(uid, digest, body)
        return digest

    @abstractmethod
    def _get(self, uid: int, digest: str) -> bytes:
        """Damaged for a body that is not there, or is not what its digest says."""

    def _get_many(self, uid: int, digests: Sequence[str]) -> list[bytes]:
        return [self._get(uid, digest) for digest in digests]

    @abstractmethod
    def _put(self, uid: int, digest: str, body: bytes) -> None: ...
