"""The `Manifests` port in memory: content-addressed bodies that are never changed."""

from collections.abc import Collection, Iterable, Iterator

from assetversions.domain import manifest
from assetversions.domain.manifest import ChunkRef, Entry, Root
from assetversions.domain.metadata import Metadata, decode, encode
from assetversions.domain.ports import Stored

from tests.fakes.faults import Faults


class FakeManifests:
    """`bodies` is the bucket; `sent` lists what was written to it, in order."""

    def __init__(self, faults: Faults, target: int = manifest.CHUNK_TARGET) -> None:
        self._faults = faults
        self._target = target
        self.bodies: dict[tuple[int, str], bytes] = {}
        self.sent: list[str] = []

    def write(self, uid: int, entries: Iterable[Entry], known: Root | None) -> Stored:
        everything = list(entries)
        paths = [entry.path for entry in everything]
        assert paths == sorted(set(paths)), "a manifest's entries are sorted, and a path is there once"
        size = sum(entry.size for entry in everything)
        if len(everything) <= self._target:
            root = Root(len(everything), size, entries=tuple(everything))
        else:
            has = {chunk.digest for chunk in known.chunks} if known else set()
            chunks = [self._chunk(uid, part, has) for part in manifest.cut(everything, self._target)]
            root = Root(len(everything), size, chunks=tuple(chunks))
        body = manifest.encode_root(root)
        if root != known:
            self._put(uid, body)
        return Stored(manifest.digest(body), root.files, root.bytes)

    def root(self, uid: int, digest: str) -> Root:
        return manifest.decode_root(self._get(uid, digest))

    def entries(
        self, uid: int, root: Root, after: str | None = None, skip: Collection[str] = ()
    ) -> Iterator[Entry]:
        yield from (entry for entry in root.entries if after is None or entry.path > after)
        for chunk in root.chunks:
            if chunk.digest not in skip and (after is None or chunk.last > after):
                entries = manifest.decode_entries(self._get(uid, chunk.digest))
                yield from (entry for entry in entries if after is None or entry.path > after)

    def find(self, uid: int, digest: str, path: str) -> Entry | None:
        entries = self.entries(uid, self.root(uid, digest))
        return next((entry for entry in entries if entry.path == path), None)

    def write_metadata(self, uid: int, metadata: Metadata) -> str | None:
        if not metadata:
            return None
        body = encode(metadata)
        self._put(uid, body)
        return manifest.digest(body)

    def metadata(self, uid: int, digest: str | None) -> Metadata:
        return () if digest is None else decode(self._get(uid, digest))

    def _chunk(self, uid: int, part: list[Entry], has: set[str]) -> ChunkRef:
        body = manifest.encode_entries(part)
        if (digest := manifest.digest(body)) not in has:
            self._put(uid, body)
        return ChunkRef(digest, part[0].path, part[-1].path, len(part), sum(one.size for one in part))

    def _put(self, uid: int, body: bytes) -> None:
        self._faults.step()
        digest = manifest.digest(body)
        self.bodies[uid, digest] = body
        self.sent.append(digest)

    def _get(self, uid: int, digest: str) -> bytes:
        self._faults.step()
        body = self.bodies.get((uid, digest))
        if body is None or manifest.digest(body) != digest:
            raise manifest.Damaged(f"Manifest part {digest} is not as it was.")
        return body
