"""A client of S3 in memory, as strict as AWS: every call is a step."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import md5
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from botocore.exceptions import ClientError

from tests.simulation.bucket import STANDARD, VERSION_ID, Bucket, Stored
from tests.simulation.faults import Weather, error
from tests.simulation.pieces import Pieces
from tests.simulation.s3_listings import Listings
from tests.simulation.scheduler import Scheduler

ARCHIVED = {"GLACIER", "DEEP_ARCHIVE"}
MAX_KEY_BYTES = 1024
Reply = dict[str, Any]


class NoSuchKey(ClientError):
    """As a client's own `exceptions` have it."""


class Events:
    """Those of a client: who is to be called before each attempt is sent."""

    def __init__(self) -> None:
        self._handlers: dict[tuple[str, str], Callable[..., None]] = {}

    def register(self, name: str, handler: Callable[..., None], unique_id: str = "") -> None:
        self._handlers[name, unique_id] = handler

    register_first = register

    def unregister(self, name: str, handler: Callable[..., None]) -> None:
        """What is botocore's own was never here."""

    def emit(self, name: str) -> None:
        for (wanted, _), handler in self._handlers.items():
            if wanted == name:
                handler()


class S3(Listings):
    """The calls that the product makes, and those of its callers; any other one is an AttributeError."""

    exceptions = SimpleNamespace(NoSuchKey=NoSuchKey)

    def __init__(
        self, scheduler: Scheduler, weather: Weather, buckets: dict[str, Bucket], page: int = 1000
    ) -> None:
        super().__init__(buckets, page)
        self._scheduler = scheduler
        self._weather = weather
        self._pieces = Pieces(scheduler, "S3")
        self.meta = SimpleNamespace(events=Events())

    def put_object(
        self,
        Bucket: str,
        Key: str,
        Body: bytes = b"",
        Metadata: dict[str, str] | None = None,
        ContentType: str = "binary/octet-stream",
        StorageClass: str = STANDARD,
    ) -> Reply:
        facts = {"Metadata": Metadata or {}, "ContentType": ContentType}

        def put() -> Reply:
            made = self._buckets[Bucket].put(Key, Body, facts, StorageClass)
            return {"ETag": f'"{made.etag}"'} | self._version(Bucket, made)

        return self._call("PutObject", Key, put, writes=True)

    def head_object(
        self, Bucket: str, Key: str, VersionId: str | None = None, ChecksumMode: str = ""
    ) -> Reply:
        def head() -> Reply:
            facts = self._head(Bucket, Key, VersionId)
            if not ChecksumMode:
                return facts
            body = self._find("HeadObject", Bucket, Key, VersionId).body or b""
            check = b64encode(md5(body, usedforsecurity=False).digest()[:8]).decode()
            return facts | {"ChecksumCRC64NVME": check, "ChecksumType": "FULL_OBJECT"}

        return self._call("HeadObject", Key, head, VersionId)

    def get_object(self, Bucket: str, Key: str, VersionId: str | None = None, Range: str = "") -> Reply:
        first, last = (Range or "bytes=0-").removeprefix("bytes=").split("-")

        def get() -> Reply:
            found = self._find("GetObject", Bucket, Key, VersionId)
            if found.storage_class in ARCHIVED:
                raise error("InvalidObjectState", 403, "GetObject")
            part = (found.body or b"")[int(first) : int(last) + 1 if last else None]
            return self._head(Bucket, Key, VersionId) | {"Body": BytesIO(part)}

        return self._call("GetObject", Key, get, VersionId)

    def get_object_tagging(self, Bucket: str, Key: str, VersionId: str | None = None) -> Reply:
        def get() -> Reply:
            self._find("GetObjectTagging", Bucket, Key, VersionId)
            return {"TagSet": []}

        return self._call("GetObjectTagging", Key, get, VersionId)

    def copy_object(
        self,
        Bucket: str,
        Key: str,
        CopySource: dict[str, str],
        StorageClass: str = STANDARD,
        MetadataDirective: str = "COPY",
        **facts: Any,
    ) -> Reply:
        assert set(facts) <= {"Metadata", "ContentType"}
        earlier: list[Stored] = []

        def copy() -> Reply:
            source = self._source("CopyObject", CopySource)
            ours, stands = "VersionId" in CopySource, self._buckets[Bucket].newest(Key)
            assert not (ours and stands in earlier), f"a retry copies {Key} once more, over its own copy"
            kept = facts if MetadataDirective == "REPLACE" else source.facts
            made = self._buckets[Bucket].put(Key, source.body, kept, StorageClass)
            earlier.append(made)
            result = {"ETag": f'"{made.etag}"', "LastModified": made.modified}
            return {"CopyObjectResult": result} | self._version(Bucket, made)

        return self._call("CopyObject", Key, copy, CopySource.get("VersionId"), writes=True)

    def delete_object(self, Bucket: str, Key: str, VersionId: str | None = None) -> Reply:
        def delete() -> Reply:
            if VersionId is not None:
                self._buckets[Bucket].purge(Key, VersionId)
                return {"VersionId": VersionId}
            return {"DeleteMarker": True} | self._version(Bucket, self._buckets[Bucket].put(Key, None, {}))

        return self._call("DeleteObject", Key, delete, VersionId, writes=True)

    def delete_objects(self, Bucket: str, Delete: dict[str, Any]) -> Reply:
        """S3 takes one key after the other, and says of each how it went."""
        keys = [one["Key"] for one in Delete["Objects"]]
        assert 0 < len(keys) <= 1000 and all(set(one) == {"Key"} for one in Delete["Objects"])
        errors: list[dict[str, str]] = []

        def delete_one(key: str) -> Callable[[], None]:
            def delete() -> None:
                if self._weather.some():
                    errors.append({"Key": key, "Code": "SlowDown"})
                else:
                    self._buckets[Bucket].put(key, None, {})

            return delete

        def delete_all() -> Reply:
            self._pieces.do([delete_one(key) for key in keys])
            return {"Errors": errors} if errors else {}

        return self._call("DeleteObjects", ", ".join(keys), delete_all, writes=True)

    def create_multipart_upload(
        self,
        Bucket: str,
        Key: str,
        Metadata: dict[str, str] | None = None,
        ContentType: str = "binary/octet-stream",
    ) -> Reply:
        facts = {"Metadata": Metadata or {}, "ContentType": ContentType}

        def create() -> Reply:
            upload_id = self._buckets[Bucket].begin(Key, facts)
            return {"Bucket": Bucket, "Key": Key, "UploadId": upload_id}

        return self._call("CreateMultipartUpload", Key, create, writes=True)

    def upload_part(self, Bucket: str, Key: str, UploadId: str, PartNumber: int, Body: bytes) -> Reply:
        def send() -> Reply:
            self._upload("UploadPart", Bucket, Key, UploadId).parts[PartNumber] = Body
            return {"ETag": f'"{self._etag(Body)}"'}

        return self._call("UploadPart", Key, send, UploadId, writes=True)

    def complete_multipart_upload(
        self, Bucket: str, Key: str, UploadId: str, MultipartUpload: dict[str, Any]
    ) -> Reply:
        name = "CompleteMultipartUpload"

        def complete() -> Reply:
            upload = self._upload(name, Bucket, Key, UploadId)
            for part in MultipartUpload["Parts"]:
                body = upload.parts.get(part["PartNumber"])
                if body is None or self._etag(body) != part["ETag"].strip('"'):
                    raise error("InvalidPart", 400, name)
            numbers = [part["PartNumber"] for part in MultipartUpload["Parts"]]
            made = self._buckets[Bucket].complete(UploadId, numbers)
            return {"ETag": f'"{made.etag}"'} | self._version(Bucket, made)

        return self._call(name, Key, complete, UploadId, writes=True)

    def abort_multipart_upload(self, Bucket: str, Key: str, UploadId: str) -> Reply:
        def abort() -> Reply:
            self._upload("AbortMultipartUpload", Bucket, Key, UploadId)
            del self._buckets[Bucket].uploads[UploadId]
            return {}

        return self._call("AbortMultipartUpload", Key, abort, UploadId, writes=True)

    def put_bucket_versioning(self, Bucket: str, VersioningConfiguration: dict[str, str]) -> None:
        self._buckets[Bucket].versioned = VersioningConfiguration["Status"] == "Enabled"

    def generate_presigned_url(self, method: str, Params: Reply, ExpiresIn: int) -> str:
        """It says all that it is signed for."""
        return f"https://aws/{method}?{urlencode(Params)}&expires={ExpiresIn}"

    def _call(
        self,
        name: str,
        key: str,
        effect: Callable[[], Reply],
        version: str | None = None,
        *,
        writes: bool = False,
    ) -> Reply:
        what = f"{name} {key}" + (f" {version.rpartition('-')[2].lstrip('0')}" if version else "")
        if not name.startswith(("List", "DeleteObjects")) and len(key.encode()) > MAX_KEY_BYTES:
            raise error("400" if name == "HeadObject" else "KeyTooLongError", 400, name)

        def send() -> None:
            self.meta.events.emit("before-send.s3")
            self._scheduler.step()

        send()

        def refusal() -> Exception:
            return error("SlowDown", 503, name, retries=4)

        process = self._scheduler.process

        def done() -> Reply:
            self._scheduler.tick_on()
            return self._scheduler.done_by(process, effect)

        return self._weather.strike(what, done, writes=writes, refusal=refusal, again=send)

    def _head(self, bucket: str, key: str, version_id: str | None) -> Reply:
        """HEAD has no body to say more in than its status."""
        try:
            found = self._find("HeadObject", bucket, key, version_id)
        except ClientError as failed:
            status = failed.response["ResponseMetadata"]["HTTPStatusCode"]
            raise error(str(status), status, "HeadObject") from None
        reply = {
            "ContentLength": len(found.body or b""),
            "ETag": f'"{found.etag}"',
            "LastModified": found.modified,
        }
        classed = {} if found.storage_class == STANDARD else {"StorageClass": found.storage_class}
        return reply | self._version(bucket, found) | found.facts | classed

    def _find(self, name: str, bucket: str, key: str, version_id: str | None) -> Stored:
        if version_id is None:
            newest = self._buckets[bucket].newest(key)
            if newest is None:
                response: Any = error("NoSuchKey", 404, name).response
                raise NoSuchKey(response, name)
            return newest
        if not VERSION_ID.fullmatch(version_id):
            raise error("InvalidArgument", 400, name)
        found = self._buckets[bucket].find(key, version_id)
        if found is None:
            raise error("NoSuchVersion", 404, name)
        if found.body is None:
            raise error("MethodNotAllowed", 405, name)
        return found

    def _source(self, name: str, source: dict[str, str]) -> Stored:
        try:
            found = self._find(name, source["Bucket"], source["Key"], source.get("VersionId"))
        except ClientError as failed:
            if failed.response["Error"]["Code"] == "MethodNotAllowed":
                raise error("InvalidRequest", 400, name) from None
            raise
        if found.storage_class in ARCHIVED:
            raise error("InvalidObjectState", 403, name)
        return found

    def _upload(self, name: str, bucket: str, key: str, upload_id: str) -> Any:
        upload = self._buckets[bucket].uploads.get(upload_id)
        if upload is None or upload.key != key:
            raise error("NoSuchUpload", 404, name)
        return upload

    def _version(self, bucket: str, made: Stored) -> Reply:
        return {"VersionId": made.version_id} if made.version_id != "null" else {}
