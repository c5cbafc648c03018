"""Manifests and metadata in their own bucket: content-addressed, written before the commit, never changed."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import zstandard

from assetversions.domain.ids import uid_text
from assetversions.domain.manifests import manifest
from assetversions.domain.manifests.delta import LIMITS, Limits
from assetversions.domain.manifests.manifest import Damaged, Entry
from assetversions.domain.manifests.store import ManifestStore

SIDE_BY_SIDE = 32


class S3Manifests(ManifestStore):
    """The `Manifests` port: an object for each body, packed by Zstandard and called after its digest."""

    def __init__(
        self, client: Any, bucket: str, target: int = manifest.CHUNK_TARGET, limits: Limits = LIMITS
    ) -> None:
        super().__init__(target, limits)
        self._client = client
        self._bucket = bucket

    def _put(self, uid: int, digest: str, body: bytes) -> None:
        packed = zstandard.ZstdCompressor().compress(body)
        self._client.put_object(
            Bucket=self._bucket, Key=_key(uid, digest), Body=packed, ContentType="application/zstd"
        )

    def _get(self, uid: int, digest: str) -> bytes:
        try:
            reply = self._client.get_object(Bucket=self._bucket, Key=_key(uid, digest))
        except self._client.exceptions.NoSuchKey as error:
            raise Damaged(f"Manifest part {digest} is not there.") from error
        packed = reply["Body"].read()
        try:
            body = zstandard.ZstdDecompressor().decompress(packed)
        except zstandard.ZstdError as error:
            raise Damaged(f"Manifest part {digest} can't be unpacked.") from error
        if manifest.digest(body) != digest:
            raise Damaged(f"Manifest part {digest} does not hold what its name says.")
        return body

    def _side_by_side(
        self, find: Callable[[str], Entry | None], digests: Sequence[str]
    ) -> Iterator[Entry | None]:
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            yield from pool.map(find, digests)

    def _get_many(self, uid: int, digests: Sequence[str]) -> list[bytes]:
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            return list(pool.map(partial(self._get, uid), digests))


def _key(uid: int, digest: str) -> str:
    return f"{uid_text(uid)}/{digest}.jsonl.zst"
