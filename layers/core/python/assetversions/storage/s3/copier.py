"""Put an old object version back as the newest: one copy up to 5 GiB, a multipart copy above."""

from concurrent.futures import Executor, wait
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from assetversions.domain.manifests.manifest import Entry
from assetversions.storage.s3.asked import Keep, always, asked

MAX_SINGLE_COPY = 5 * 1024**3
PART_BYTES = 512 * 1024**2


class Copier:
    """Copies within one bucket; `split_above` and `part_bytes` are S3's limits unless a test is smaller."""

    def __init__(
        self,
        client: Any,
        bucket: str,
        parts: Executor,
        split_above: int = MAX_SINGLE_COPY,
        part_bytes: int = PART_BYTES,
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._parts = parts
        self._split_above = split_above
        self._part_bytes = part_bytes

    def copy(self, key: str, entry: Entry, keep: Keep = always) -> Entry:
        """The entry of the new object version, with the same bytes, metadata and tags."""
        with asked(keep):
            return self._copy(key, entry, keep)

    def _copy(self, key: str, entry: Entry, keep: Keep) -> Entry:
        source = {"Bucket": self._bucket, "Key": key, "VersionId": entry.version_id}
        if entry.size > self._split_above:
            return self._copy_in_parts(key, entry, source, keep)
        reply = self._client.copy_object(Bucket=self._bucket, Key=key, CopySource=source)
        result = reply["CopyObjectResult"]
        return entry._replace(
            version_id=reply["VersionId"],
            etag=result["ETag"].strip('"'),
            modified=int(result["LastModified"].timestamp()),
            checksum=_first_etag(entry, result["ETag"]),
        )

    def _copy_in_parts(self, key: str, entry: Entry, source: dict[str, str], keep: Keep) -> Entry:
        upload = self._client.create_multipart_upload(Bucket=self._bucket, Key=key, **self._facts(source))
        target = {"Bucket": self._bucket, "Key": key, "UploadId": upload["UploadId"]}
        starts = range(0, entry.size, self._part_bytes)
        under_way = [
            self._parts.submit(self._copy_part, target, source, at, entry.size, keep) for at in starts
        ]
        with ExitStack() as undo:
            undo.callback(self._abort, target)
            # A part that arrives after the abort would stay, and be paid for.
            undo.callback(lambda: wait([part for part in under_way if not part.cancel()]))
            parts = [part.result() for part in under_way]
            done = self._client.complete_multipart_upload(**target, MultipartUpload={"Parts": parts})
            undo.pop_all()
        head = self._client.head_object(Bucket=self._bucket, Key=key, VersionId=done["VersionId"])
        return entry._replace(
            version_id=done["VersionId"],
            etag=head["ETag"].strip('"'),
            modified=int(head["LastModified"].timestamp()),
            checksum=_first_etag(entry, head["ETag"]),
        )

    def _abort(self, target: dict[str, str]) -> None:
        """Also where nothing else may be written any more: nobody sees it."""
        with asked(always):
            self._client.abort_multipart_upload(**target)

    def _copy_part(
        self, target: dict[str, str], source: dict[str, str], start: int, size: int, keep: Keep
    ) -> Any:
        number = start // self._part_bytes + 1
        last = min(start + self._part_bytes, size) - 1
        with asked(keep):
            reply = self._client.upload_part_copy(
                **target, PartNumber=number, CopySource=source, CopySourceRange=f"bytes={start}-{last}"
            )
        return {"PartNumber": number, "ETag": reply["CopyPartResult"]["ETag"]}

    def _facts(self, source: dict[str, str]) -> dict[str, Any]:
        """What a single copy takes along by itself, and a multipart copy does not."""
        head = self._client.head_object(**source)
        names = ("ContentType", "ContentEncoding", "ContentDisposition", "ContentLanguage", "CacheControl")
        facts: dict[str, Any] = {name: head[name] for name in names if name in head}
        tags = self._client.get_object_tagging(**source)["TagSet"]
        if tags:
            facts["Tagging"] = urlencode({tag["Key"]: tag["Value"] for tag in tags})
        return facts | {"Metadata": head["Metadata"]}


def _first_etag(source: Entry, etag: str) -> str | None:
    """What the content was called before S3 cut it otherwise; nothing where it is called so still."""
    first = source.checksum or source.etag
    return None if first == etag.strip('"') else first
