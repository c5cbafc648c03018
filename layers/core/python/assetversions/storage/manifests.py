"""Manifests and metadata in their own bucket: content-addressed, written before the commit, never changed."""

import gzip
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from assetversions.domain import manifest
from assetversions.domain.ids import uid_text
from assetversions.domain.manifest import ChunkRef, Damaged, Entry, Root
from assetversions.domain.metadata import Metadata, decode, encode
from assetversions.domain.ports import Stored


class S3Manifests:
    """The `Manifests` port; `target` is how many entries a chunk should have."""

    def __init__(self, client: Any, bucket: str, target: int = manifest.CHUNK_TARGET) -> None:
        self._client = client
        self._bucket = bucket
        self._target = target

    def write(self, uid: int, entries: Iterable[Entry], known: Root | None) -> Stored:
        """Chunks first, root last; what `known` has already is not sent again."""
        root = self._store_chunks(uid, entries, {chunk.digest for chunk in known.chunks} if known else set())
        body = manifest.encode_root(root)
        digest = manifest.digest(body)
        if root != known:
            self._put(uid, digest, body)
        return Stored(digest, root.files, root.bytes)

    def root(self, uid: int, digest: str) -> Root:
        return manifest.decode_root(self._get(uid, digest))

    def entries(
        self, uid: int, root: Root, after: str | None = None, skip: Collection[str] = ()
    ) -> Iterator[Entry]:
        """In path order, beginning behind `after`; one chunk is open at a time, those in `skip` never."""
        yield from (entry for entry in root.entries if after is None or entry.path > after)
        for chunk in root.chunks:
            if chunk.digest not in skip and (after is None or chunk.last > after):
                stretch = manifest.decode_entries(self._get(uid, chunk.digest))
                yield from (entry for entry in stretch if after is None or entry.path > after)

    def find(self, uid: int, digest: str, path: str) -> Entry | None:
        """Reads the root, and the one chunk that the path would be in."""
        root = self.root(uid, digest)
        near = tuple(chunk for chunk in root.chunks if chunk.first <= path <= chunk.last)
        entries = self.entries(uid, replace(root, chunks=near))
        return next((entry for entry in entries if entry.path == path), None)

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        """One document, under its digest, beside the manifests."""
        if not metadata:
            return None
        body = encode(metadata)
        digest = manifest.digest(body)
        self._put(uid, digest, body)
        return digest

    def metadata(self, uid: int, digest: str | None) -> Metadata:
        return () if digest is None else decode(self._get(uid, digest))

    def _store_chunks(self, uid: int, entries: Iterable[Entry], known: set[str]) -> Root:
        rest = iter(entries)
        head = list(islice(rest, self._target + 1))
        if len(head) <= self._target:
            return Root(len(head), sum(entry.size for entry in head), entries=tuple(head))
        stretches = manifest.cut(chain(head, rest), self._target)
        refs = tuple(self._store_chunk(uid, stretch, known) for stretch in stretches)
        return Root(sum(ref.files for ref in refs), sum(ref.bytes for ref in refs), chunks=refs)

    def _store_chunk(self, uid: int, stretch: list[Entry], known: set[str]) -> ChunkRef:
        body = manifest.encode_entries(stretch)
        digest = manifest.digest(body)
        if digest not in known:
            self._put(uid, digest, body)
        total = sum(entry.size for entry in stretch)
        return ChunkRef(digest, stretch[0].path, stretch[-1].path, len(stretch), total)

    def _put(self, uid: int, digest: str, body: bytes) -> None:
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        self._client.put_object(
            Bucket=self._bucket, Key=_key(uid, digest), Body=packed, ContentType="application/gzip"
        )

    def _get(self, uid: int, digest: str) -> bytes:
        try:
            reply = self._client.get_object(Bucket=self._bucket, Key=_key(uid, digest))
            body = gzip.decompress(reply["Body"].read())
        except (self._client.exceptions.NoSuchKey, OSError, EOFError, zlib.error) as error:
            raise Damaged(f"Manifest part {digest} can't be read.") from error
        if manifest.digest(body) != digest:
            raise Damaged(f"Manifest part {digest} does not hold what its name says.")
        return body


def _key(uid: int, digest: str) -> str:
    return f"{uid_text(uid)}/{digest}.jsonl.gz"
