"""Make an object version the newest at a path, with all that belongs to it: in one copy, or in parts."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, wait
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from botocore.exceptions import ClientError

from assetversions.domain.journal import FilePlace
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import copied_checksum, has_checksum, same_bytes, tells_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Source
from assetversions.storage.s3.asked import Keep, always, asked, once
from assetversions.storage.s3.heads import COPY_OF, NO_UPLOAD, Heads
from assetversions.storage.s3.object_keys import AssetsBucket

# S3 copies some 100 MB a second, and the client waits 20 seconds for an answer: no copy is begun a second
# time while the first is at work. A part that is would only take the place of the same part.
PART_BYTES = 512 * 1024**2
MAX_PARTS = 10_000
# S3's own limit.
MAX_METADATA_BYTES = 2_048
HEADERS = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Expires",
)

Place = dict[str, str]
# Finds the copy, where one was made whose answer was lost.
Made = Callable[[], Entry | None]


class Copier:
    """Copies within one bucket; files of more than `part_bytes` go in parts, side by side on `parts`."""

    def __init__(
        self, client: Any, bucket: AssetsBucket, parts: Executor, part_bytes: int = PART_BYTES
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._parts = parts
        self._part_bytes = part_bytes
        self._heads = Heads(client, bucket)

    def copy(self, ref: AssetRef, source: Source, keep: Keep = always) -> Entry:
        """The entry of the new object version, with the same bytes, metadata, tags and storage class."""
        entry, place = source.entry, source.place or FilePlace(ref, source.path)
        target = self._bucket.file(ref, entry.path)
        old = self._bucket.file(place.ref, place.path) | {"VersionId": entry.version_id}
        kept = {} if source.storage_class is None else {"StorageClass": source.storage_class}
        made = partial(self._made, ref, entry, place)
        with asked(keep):
            if entry.size > self._part_bytes:
                return self._copy_in_parts(entry, target, old, kept, keep, made)
            return self._copy_at_once(entry, target, old, kept, keep, made)

    def _copy_at_once(
        self, entry: Entry, target: Place, old: Place, kept: Place, keep: Keep, made: Made
    ) -> Entry:
        facts = {} if _tells(entry) else {"MetadataDirective": "REPLACE"} | self._facts(old)

        def copy() -> Entry:
            reply = self._client.copy_object(**target, CopySource=old, **facts, **kept)
            result = reply["CopyObjectResult"]
            return _entry(entry, reply["VersionId"], result["ETag"].strip('"'), result["LastModified"])

        return once(copy, made, keep)

    def _copy_in_parts(
        self, entry: Entry, target: Place, old: Place, kept: Place, keep: Keep, made: Made
    ) -> Entry:
        facts = self._facts(old) | self._tags(old)
        upload = self._client.create_multipart_upload(**target, **facts, **kept)
        place = target | {"UploadId": upload["UploadId"]}
        with ExitStack() as undo:
            undo.callback(self._abort, place)
            under_way = [
                self._parts.submit(self._copy_part, place, old, number, span, keep)
                for number, span in enumerate(self._spans(entry.size), start=1)
            ]
            # A part that arrives after the abort would stay, and be paid for.
            undo.callback(lambda: wait([part for part in under_way if not part.cancel()]))
            parts = [part.result() for part in under_way]
            version = self._complete(place, parts, made)
            undo.pop_all()
        head = self._client.head_object(**target, VersionId=version)
        return _entry(entry, version, head["ETag"].strip('"'), head["LastModified"])

    def _complete(self, place: Place, parts: list[Any], made: Made) -> str:
        """The object version. S3 knows no upload any more that an attempt before this one has completed."""
        try:
            done = self._client.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
        except ClientError as error:
            found = made() if error.response["Error"]["Code"] == NO_UPLOAD else None
            if found is None:
                raise
            return found.version_id
        return str(done["VersionId"])

    def _made(self, ref: AssetRef, entry: Entry, place: FilePlace) -> Entry | None:
        """The newest, if it is a copy of this one."""
        newest = self._heads.entry(ref, entry.path)
        if newest is None or newest.version_id == entry.version_id:
            return None
        source = entry._replace(path=place.path)
        pair = self._heads.with_checksum(ref, newest), self._heads.with_checksum(place.ref, source)
        if same_bytes(*pair) or self._heads.mark(ref, newest, COPY_OF) == entry.version_id:
            return newest._replace(checksum=copied_checksum(entry, newest.etag))
        return None

    def _abort(self, place: Place) -> None:
        """Also where nothing else may be written any more: nobody sees it."""
        with asked(always), suppress(self._client.exceptions.NoSuchUpload):
            self._client.abort_multipart_upload(**place)

    def _spans(self, size: int) -> Iterator[tuple[int, int]]:
        """The first and last byte of each part; parts are larger where there would be too many."""
        step = max(self._part_bytes, -(-size // MAX_PARTS))
        return ((start, min(start + step, size) - 1) for start in range(0, size, step))

    def _copy_part(self, place: Place, old: Place, number: int, span: tuple[int, int], keep: Keep) -> Any:
        first, last = span
        with asked(keep):
            reply = self._client.upload_part_copy(
                **place, PartNumber=number, CopySource=old, CopySourceRange=f"bytes={first}-{last}"
            )
        return {"PartNumber": number, "ETag": reply["CopyPartResult"]["ETag"]}

    def _facts(self, old: Place) -> dict[str, Any]:
        """What a multipart copy does not take along by itself, and the mark whose copy it is."""
        head = self._client.head_object(**old)
        facts: dict[str, Any] = {name: head[name] for name in HEADERS if name in head}
        marked = head["Metadata"] | {COPY_OF: old["VersionId"]}
        fits = sum(len(word.encode()) for one in marked.items() for word in one) <= MAX_METADATA_BYTES
        return facts | {"Metadata": marked if fits else head["Metadata"]}

    def _tags(self, old: Place) -> dict[str, str]:
        tags = self._client.get_object_tagging(**old)["TagSet"]
        return {"Tagging": urlencode({tag["Key"]: tag["Value"] for tag in tags})} if tags else {}


def _tells(entry: Entry) -> bool:
    """Whether a copy can be known by its bytes."""
    return tells_bytes(entry.etag) or has_checksum(entry)


def _entry(source: Entry, version: str, etag: str, modified: datetime) -> Entry:
    return source._replace(
        version_id=version,
        etag=etag,
        modified=int(modified.timestamp()),
        checksum=copied_checksum(source, etag),
    )
