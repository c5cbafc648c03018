"""The `Manifests` port in memory: content-addressed bodies that are never changed."""

from collections.abc import Iterable

from assetversions.domain.manifests import manifest
from assetversions.domain.manifests.delta import LIMITS, Limits
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.store import ManifestStore
from assetversions.domain.ports.manifests import Excerpt, Stored

from tests.support.faults import Faults


class FakeManifests(ManifestStore):
    """`bodies` is the bucket; `sent` lists what was written to it, in order."""

    def __init__(self, faults: Faults, target: int = manifest.CHUNK_TARGET, limits: Limits = LIMITS) -> None:
        super().__init__(target, limits)
        self._faults = faults
        self.bodies: dict[tuple[int, str], bytes] = {}
        self.sent: list[str] = []

    def write(
        self, uid: int, rows: Iterable[PathChange], base: Root | None, excerpt: Excerpt | None = None
    ) -> Stored:
        everything = list(rows)
        paths = [row.path for row in everything]
        assert paths == sorted(set(paths)), "the rows are sorted, and a path is there once"
        before, known = [row.base for row in everything if row.base is not None], self._known(uid, base)
        if excerpt is None:
            assert before == known, "the rows hold every path of the base"
        else:
            assert {*before} <= {*known}, "the rows are about the base"
        return super().write(uid, everything, base, excerpt)

    def _known(self, uid: int, base: Root | None) -> list[Entry]:
        """What a manifest holds, read past the faults."""
        reader = FakeManifests(Faults())
        reader.bodies = self.bodies
        return [] if base is None else list(reader.entries(uid, base))

    def _put(self, uid: int, digest: str, body: bytes) -> None:
        self._faults.step()
        self.bodies[uid, digest] = body
        self.sent.append(digest)

    def _get(self, uid: int, digest: str) -> bytes:
        self._faults.step()
        body = self.bodies.get((uid, digest))
        if body is None or manifest.digest(body) != digest:
            raise manifest.Damaged(f"Manifest part {digest} is not as it was.")
        return body
