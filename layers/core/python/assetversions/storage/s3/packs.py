"""Packs in the bucket of manifests, below a prefix of their own whose objects expire."""

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any

from botocore.exceptions import ClientError

from assetversions.domain.packs import Pack, SentPack, StoredPack, key
from assetversions.storage.s3.heads import NO_OBJECT


class S3Packs:
    """The `Packs` port; `client` signs the links, so it must speak to the address that callers use."""

    def __init__(self, client: Any, bucket: str, pool: Executor, link_ttl_seconds: int = 15 * 60) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool
        self._seconds = link_ttl_seconds

    def links(self, upload_id: str, packs: Sequence[Pack]) -> list[str]:
        def sign(pack: Pack) -> str:
            what = self._object(upload_id, pack.number) | {"ContentLength": pack.size}
            url: str = self._client.generate_presigned_url("put_object", Params=what, ExpiresIn=self._seconds)
            return url

        return [sign(pack) for pack in packs]

    def stored(self, upload_id: str, packs: Sequence[Pack]) -> list[StoredPack | None]:
        return list(self._pool.map(lambda pack: self._stored(upload_id, pack.number), packs))

    def read(self, upload_id: str, pack: SentPack) -> bytes | None:
        try:
            reply = self._client.get_object(**self._object(upload_id, pack.number))
        except ClientError as error:
            if error.response["Error"]["Code"] not in NO_OBJECT:
                raise
            return None
        data: bytes = reply["Body"].read()
        return data if reply["ETag"].strip('"') == pack.etag else None

    def _stored(self, upload_id: str, number: int) -> StoredPack | None:
        try:
            head = self._client.head_object(**self._object(upload_id, number))
        except ClientError as error:
            if error.response["Error"]["Code"] not in NO_OBJECT:
                raise
            return None
        return StoredPack(head["ContentLength"], head["ETag"].strip('"'))

    def _object(self, upload_id: str, number: int) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": key(upload_id, number)}
