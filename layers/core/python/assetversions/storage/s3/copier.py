"""Put an old object version back as the newest, with all that belongs to it: in one copy, or in parts."""

from collections.abc import Iterator
from concurrent.futures import Executor, wait
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import copied_checksum
from assetversions.domain.ports.files import Source
from assetversions.storage.s3.asked import Keep, always, asked

# S3 copies some 100 MB a second, and the client waits 20 seconds for an answer: no copy is begun a second
# time while the first is at work. A part that is would only take the place of the same part.
PART_BYTES = 512 * 1024**2
MAX_PARTS = 10_000
HEADERS = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Expires",
)


class Copier:
    """Copies within one bucket; files of more than `part_bytes` go in parts, side by side on `parts`."""

    def __init__(self, client: Any, bucket: str, parts: Executor, part_bytes: int = PART_BYTES) -> None:
        self._client = client
        self._bucket = bucket
        self._parts = parts
        self._part_bytes = part_bytes

    def copy(self, key: str, source: Source, keep: Keep = always) -> Entry:
        """The entry of the new object version, with the same bytes, metadata, tags and storage class."""
        with asked(keep):
            return self._copy(key, source, keep)

    def _copy(self, key: str, source: Source, keep: Keep) -> Entry:
        entry = source.entry
        old = {"Bucket": self._bucket, "Key": key, "VersionId": entry.version_id}
        kept = {} if source.storage_class is None else {"StorageClass": source.storage_class}
        if entry.size > self._part_bytes:
            return self._copy_in_parts(key, entry, old, kept, keep)
        reply = self._client.copy_object(Bucket=self._bucket, Key=key, CopySource=old, **kept)
        result = reply["CopyObjectResult"]
        return entry._replace(
            version_id=reply["VersionId"],
            etag=result["ETag"].strip('"'),
            modified=int(result["LastModified"].timestamp()),
            checksum=copied_checksum(entry, result["ETag"].strip('"')),
        )

    def _copy_in_parts(
        self, key: str, entry: Entry, old: dict[str, str], kept: dict[str, str], keep: Keep
    ) -> Entry:
        facts = self._facts(old)
        upload = self._client.create_multipart_upload(Bucket=self._bucket, Key=key, **facts, **kept)
        target = {"Bucket": self._bucket, "Key": key, "UploadId": upload["UploadId"]}
        with ExitStack() as undo:
            undo.callback(self._abort, target)
            under_way = [
                self._parts.submit(self._copy_part, target, old, number, span, keep)
                for number, span in enumerate(self._spans(entry.size), start=1)
            ]
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
            checksum=copied_checksum(entry, head["ETag"].strip('"')),
        )

    def _abort(self, target: dict[str, str]) -> None:
        """Also where nothing else may be written any more: nobody sees it."""
        with asked(always):
            self._client.abort_multipart_upload(**target)

    def _spans(self, size: int) -> Iterator[tuple[int, int]]:
        """The first and last byte of each part; parts are larger where there would be too many."""
        step = max(self._part_bytes, -(-size // MAX_PARTS))
        return ((start, min(start + step, size) - 1) for start in range(0, size, step))

    def _copy_part(
        self, target: dict[str, str], old: dict[str, str], number: int, span: tuple[int, int], keep: Keep
    ) -> Any:
        first, last = span
        with asked(keep):
            reply = self._client.upload_part_copy(
                **target, PartNumber=number, CopySource=old, CopySourceRange=f"bytes={first}-{last}"
            )
        return {"PartNumber": number, "ETag": reply["CopyPartResult"]["ETag"]}

    def _facts(self, old: dict[str, str]) -> dict[str, Any]:
        """What a single copy takes along by itself, and a multipart copy does not."""
        head = self._client.head_object(**old)
        facts: dict[str, Any] = {name: head[name] for name in HEADERS if name in head}
        tags = self._client.get_object_tagging(**old)["TagSet"]
        if tags:
            facts["Tagging"] = urlencode({tag["Key"]: tag["Value"] for tag in tags})
        return facts | {"Metadata": head["Metadata"]}
