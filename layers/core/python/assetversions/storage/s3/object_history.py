"""What the versioned bucket remembers of an asset's files: object versions and delete markers."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from typing import Any

from botocore.exceptions import ClientError

from assetversions.domain.model import AssetRef
from assetversions.domain.object_versions import ObjectVersion
from assetversions.storage.s3.heads import NO_OBJECT
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.pages import read_fast
from assetversions.storage.s3.side_by_side import SideBySide


class S3History:
    """The `History` port; what lists everything does so side by side on `pool`."""

    def __init__(self, client: Any, bucket: AssetsBucket, pool: Executor) -> None:
        self.bucket, self.prefix = bucket.name, bucket.prefix
        self._bucket = bucket
        self._client = client
        self._pool = pool
        read_fast(client)

    def folders(self, database_id: str) -> Iterator[str]:
        place = self._bucket.database(database_id)
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=place, Delimiter="/"
        )
        for page in pages:
            for row in page.get("CommonPrefixes", []):
                yield str(row["Prefix"]).removeprefix(place).rstrip("/")

    def everything(self, ref: AssetRef, prefix: str) -> Iterator[ObjectVersion]:
        pages = SideBySide(self._client, self.bucket, self._pool, self._bucket.key(ref, prefix)).pages()
        return (row for row in self._in(ref, pages) if row.path)

    def newest(self, ref: AssetRef, prefix: str, after: str | None) -> Iterator[ObjectVersion]:
        start = {} if after is None else {"KeyMarker": self._bucket.key(ref, after)}
        return (row for row in self._rows(ref, prefix, start) if row.latest and row.path)

    def of(self, ref: AssetRef, path: str) -> Iterator[ObjectVersion]:
        """The path itself comes before every longer one that begins with it."""
        for row in self._rows(ref, path, {}):
            if row.path != path:
                return
            yield row

    def content_type(self, ref: AssetRef, path: str) -> str | None:
        try:
            head = self._client.head_object(**self._bucket.file(ref, path))
        except ClientError as error:
            if error.response["Error"]["Code"] not in NO_OBJECT:
                raise
            return None
        kind: str | None = head.get("ContentType")
        return kind

    def _rows(self, ref: AssetRef, prefix: str, start: Mapping[str, str]) -> Iterator[ObjectVersion]:
        """In path order, newest first; in one second as S3 lists them."""
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self.bucket, Prefix=self._bucket.key(ref, prefix), **start
        )
        return self._in(ref, pages)

    def _in(self, ref: AssetRef, pages: Iterable[Mapping[str, Any]]) -> Iterator[ObjectVersion]:
        for page in pages:
            lists = {kind: iter(page.get(f"{kind}s", [])) for kind in ("Version", "DeleteMarker")}
            rows = [(kind, next(lists[kind])) for kind in page["Order"]]
            rows.sort(
                key=lambda row: (row[1]["Key"], not row[1]["IsLatest"], -row[1]["LastModified"].timestamp())
            )
            yield from (_row(self._bucket, ref, row, deleted=kind == "DeleteMarker") for kind, row in rows)


def _row(bucket: AssetsBucket, ref: AssetRef, row: Mapping[str, Any], *, deleted: bool) -> ObjectVersion:
    return ObjectVersion(
        path=bucket.path(ref, row),
        version_id=row["VersionId"],
        modified=int(row["LastModified"].timestamp()),
        latest=row["IsLatest"],
        deleted=deleted,
        size=row.get("Size", 0),
        etag=row.get("ETag", "").strip('"'),
        storage_class=row.get("StorageClass"),
    )
