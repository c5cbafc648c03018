"""Single contents in S3: texts stored as files, presigned links to files, and the variables of versions."""

import hashlib
from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from typing import Any

from msgspec import json

from assetversions.domain.ids import uid_text
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.variables import Variable
from assetversions.storage.s3.asked import once
from assetversions.storage.s3.heads import Heads
from assetversions.storage.s3.listed import headed_entry
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.transfers import MARK
from assetversions.storage.s3.write_outcome import known_outcome


class S3Contents:
    """The `Contents` port; variables lie beside the manifests, named by their SHA-256."""

    def __init__(self, client: Any, assets: AssetsBucket, manifests: str, pool: Executor) -> None:
        self._client = client
        self._assets = assets
        self._manifests = manifests
        self._pool = pool
        self._heads = Heads(client, assets)

    def put(self, ref: AssetRef, path: str, data: bytes, content_type: str, mark: str) -> Entry:
        """Store a content, and read its facts back as S3 tells them."""
        where = self._assets.file(ref, path)

        def store() -> str:
            facts = {"ContentType": content_type, "Metadata": {MARK: mark}}
            return str(self._client.put_object(**where, Body=data, **facts)["VersionId"])

        with known_outcome():
            stored = once(store, lambda: self._stored(ref, path, mark))
        return headed_entry(path, self._client.head_object(**where, VersionId=stored))

    def _stored(self, ref: AssetRef, path: str, mark: str) -> str | None:
        """The newest, if this write has made it."""
        newest = self._heads.entry(ref, path)
        if newest is None or self._heads.mark(ref, newest, MARK) != mark:
            return None
        return newest.version_id

    def keep_variables(self, uid: int, variables: Sequence[Variable]) -> str:
        body = json.encode(variables)
        digest = hashlib.sha256(body).hexdigest()
        self._client.put_object(
            Bucket=self._manifests,
            Key=_variables_key(uid, digest),
            Body=body,
            ContentType="application/json",
        )
        return digest

    def variables(self, uid: int, digests: Collection[str]) -> dict[str, tuple[Variable, ...]]:
        wanted = list(digests)
        return dict(zip(wanted, self._pool.map(lambda one: self._read(uid, one), wanted), strict=True))

    def _read(self, uid: int, digest: str) -> tuple[Variable, ...]:
        reply = self._client.get_object(Bucket=self._manifests, Key=_variables_key(uid, digest))
        return json.decode(reply["Body"].read(), type=tuple[Variable, ...])


def _variables_key(uid: int, digest: str) -> str:
    return f"{uid_text(uid)}/variables/{digest}.json"
