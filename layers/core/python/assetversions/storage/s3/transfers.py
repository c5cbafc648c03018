"""Bytes that pass us by: S3's multipart uploads to a file's final key, and links that work for a while."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from assetversions.domain.errors import Conflict, GivenUp
from assetversions.domain.link_terms import USUAL, LinkTerms
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.media_types import media_type
from assetversions.domain.model import AssetRef
from assetversions.domain.span import Bytes
from assetversions.domain.uploads import NewFile, Part, StoredPart, Upload, UploadFile, part_length
from assetversions.storage.s3.asked import once
from assetversions.storage.s3.heads import NO_OBJECT_VERSION, NO_UPLOAD
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.write_outcome import run_concurrently

LINK_SECONDS = 15 * 60
# S3 refuses a caller whose clock is further off.
CLOCKS_APART = timedelta(minutes=15)
# Kept with each object version: which of our uploads, or of the writes of a text, it came of.
MARK = "upload-id"
# What is there is not the part that was named.
OTHER_PART = "InvalidPart"
NOT_RESTORED = "InvalidObjectState"

Item = TypeVar("Item")
Result = TypeVar("Result")


class S3Transfers:
    """The `Transfers` port; `client` signs the links, so it must speak to the address that callers use."""

    def __init__(
        self, client: Any, bucket: AssetsBucket, pool: Executor, link_ttl_seconds: int = LINK_SECONDS
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool
        self.link_ttl_seconds = link_ttl_seconds

    def begin(self, ref: AssetRef, upload_id: str, files: Sequence[NewFile]) -> list[UploadFile]:
        def start(file: NewFile) -> UploadFile:
            s3_id = None
            if file.parts:
                reply = self._client.create_multipart_upload(
                    **self._object(ref, file.path), **_facts(upload_id, file.path)
                )
                s3_id = reply["UploadId"]
            return UploadFile(file.path, file.size, file.parts, s3_id, file.usual, file.pack)

        return self._each(start, files)

    def part_links(self, ref: AssetRef, file: UploadFile, numbers: Iterable[int]) -> list[str]:
        place = self._object(ref, file.path) | {"UploadId": file.s3_id}

        def sign(number: int) -> str:
            length = part_length(file, number)
            bound = {} if length is None else {"ContentLength": length}
            return self._link("upload_part", place | {"PartNumber": number} | bound)

        return [sign(number) for number in numbers]

    def read_link(self, ref: AssetRef, path: str, object_version: str, terms: LinkTerms = USUAL) -> str:
        what = self._object(ref, path) | {"VersionId": object_version}
        said = {
            "ResponseContentDisposition": terms.disposition,
            "ResponseContentType": terms.media_type,
            "ResponseCacheControl": terms.cache_control,
        }
        given = {name: value for name, value in said.items() if value is not None}
        return self._link("get_object", what | given, terms.seconds)

    def read(self, ref: AssetRef, entry: Entry, part: Bytes) -> bytes | None:
        what = self._object(ref, entry.path) | {"VersionId": entry.version_id}
        try:
            reply = self._client.get_object(**what, Range=f"bytes={part.start}-{part.stop - 1}")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == NOT_RESTORED:
                raise Conflict(f"'{entry.path}' is in an archive of S3; restore it there first.") from error
            if code in NO_OBJECT_VERSION:
                return None
            raise
        data: bytes = reply["Body"].read()
        return data

    def read_each(self, ref: AssetRef, parts: Sequence[tuple[Entry, Bytes]]) -> list[bytes | None]:
        return self._each(lambda one: self.read(ref, *one) if len(one[1]) else b"", parts)

    def stored(self, ref: AssetRef, files: Sequence[UploadFile]) -> list[list[StoredPart] | None]:
        return self._each(lambda file: self._stored(ref, file), files)

    def complete(self, upload: Upload, files: Sequence[tuple[UploadFile, Sequence[Part]]]) -> list[str]:
        return run_concurrently(self._pool, lambda file: self._complete(upload, *file), files)

    def put(self, upload: Upload, files: Sequence[tuple[str, bytes]]) -> list[str]:
        return run_concurrently(self._pool, lambda file: self._put(upload, *file), files)

    def made(self, upload: Upload, path: str) -> str | None:
        """S3 lists newest first, so what is older than the upload ends the search."""
        oldest = upload.begun_at - CLOCKS_APART
        key = self._bucket.key(upload.place, path)
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket.name, Prefix=key
        )
        for page in pages:
            for row in page.get("Versions", []):
                if row["Key"] != key or row["LastModified"] < oldest:
                    return None
                head = self._client.head_object(Bucket=self._bucket.name, Key=key, VersionId=row["VersionId"])
                if head["Metadata"].get(MARK) == upload.upload_id:
                    return str(row["VersionId"])
        return None

    def stood(self, ref: AssetRef, marks: Mapping[str, Collection[str]]) -> dict[str, str | None]:
        found = self._each(lambda path: self._but_for(ref, path, marks[path]), list(marks))
        return dict(zip(marks, found, strict=True))

    def abort(self, ref: AssetRef, files: Sequence[UploadFile]) -> None:
        self._each(lambda file: self._abort(ref, file), [file for file in files if file.s3_id])

    def _but_for(self, ref: AssetRef, path: str, marks: Collection[str]) -> str | None:
        """One row a page: S3's order of object versions and delete markers is lost in a page of both."""
        key = self._bucket.key(ref, path)
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket.name, Prefix=key, PaginationConfig={"PageSize": 1}
        )
        for page in pages:
            row = next(iter(page.get("Versions", [])), None)
            if row is None or row["Key"] != key:
                return None
            head = self._client.head_object(Bucket=self._bucket.name, Key=key, VersionId=row["VersionId"])
            if head["Metadata"].get(MARK) not in marks:
                return str(row["VersionId"])
        return None

    def _stored(self, ref: AssetRef, file: UploadFile) -> list[StoredPart] | None:
        if file.s3_id is None:
            return []
        pages = self._client.get_paginator("list_parts").paginate(
            **self._object(ref, file.path), UploadId=file.s3_id
        )
        try:
            rows = [row for page in pages for row in page.get("Parts", [])]
        except ClientError as error:
            _raise_unless(error, NO_UPLOAD)
            return None
        return [StoredPart(row["PartNumber"], row["ETag"].strip('"'), row["Size"]) for row in rows]

    def _complete(self, upload: Upload, file: UploadFile, parts: Sequence[Part]) -> str:
        if file.s3_id is None:
            return self._put(upload, file.path, b"")
        place = self._object(upload.place, file.path)
        named = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
        try:
            reply = self._client.complete_multipart_upload(
                **place, UploadId=file.s3_id, MultipartUpload={"Parts": named}
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == OTHER_PART:
                raise Conflict(
                    f"A part of '{file.path}' was sent again meanwhile; send the request again, with the "
                    "ETags of the parts that are there now."
                ) from error
            _raise_unless(error, NO_UPLOAD)
            made = self.made(upload, file.path)
            if made is None:
                raise GivenUp(
                    f"The upload of '{file.path}' was given up meanwhile; begin another one."
                ) from error
            return made
        return str(reply["VersionId"])

    def _put(self, upload: Upload, path: str, body: bytes) -> str:
        what = self._object(upload.place, path) | _facts(upload.upload_id, path) | {"Body": body}
        return once(
            lambda: str(self._client.put_object(**what)["VersionId"]), lambda: self.made(upload, path)
        )

    def _abort(self, ref: AssetRef, file: UploadFile) -> None:
        try:
            self._client.abort_multipart_upload(**self._object(ref, file.path), UploadId=file.s3_id)
        except ClientError as error:
            _raise_unless(error, NO_UPLOAD)

    def _link(self, method: str, parameters: dict[str, Any], seconds: int | None = None) -> str:
        url: str = self._client.generate_presigned_url(
            method, Params=parameters, ExpiresIn=seconds or self.link_ttl_seconds
        )
        return url

    def _object(self, ref: AssetRef, path: str) -> dict[str, Any]:
        return self._bucket.file(ref, path)

    def _each(self, call: Callable[[Item], Result], things: Sequence[Item]) -> list[Result]:
        return list(self._pool.map(call, things))


def _facts(upload_id: str, path: str) -> dict[str, Any]:
    """What S3 keeps beside the bytes of a file."""
    kind = media_type(path)
    return {"Metadata": {MARK: upload_id}} | ({"ContentType": kind} if kind else {})


def _raise_unless(error: ClientError, code: str) -> None:
    if error.response["Error"]["Code"] != code:
        raise error
