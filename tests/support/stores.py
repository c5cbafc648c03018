"""The stores under test, each with what a client does to the bucket behind the product's back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Protocol

from assetversions.domain.model import AssetRef
from assetversions.domain.ports.automatic import Automatic
from assetversions.domain.ports.files import Contents, Files, History
from assetversions.domain.ports.journal import Journal
from assetversions.domain.ports.manifests import Manifests
from assetversions.domain.ports.records import Properties, Records, Subscriptions
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.properties import DynamoProperties
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.s3.asked import ask_before_each_attempt
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_history import S3History
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.working_files import S3Files

from tests.support import FakeFiles, FakeManifests, FakeProperties, FakeRecords, Faults
from tests.support.automatic import FakeAutomatic
from tests.support.contents import FakeContents
from tests.support.history import FakeHistory
from tests.support.journal import FakeJournal
from tests.support.subscriptions import FakeSubscriptions

CHUNK_TARGET = 8


class Store(Protocol):
    """`manifests` cuts at about CHUNK_TARGET entries."""

    @property
    def records(self) -> Records: ...

    @property
    def files(self) -> Files: ...

    @property
    def manifests(self) -> Manifests: ...

    @property
    def properties(self) -> Properties: ...

    @property
    def history(self) -> History: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def automatic(self) -> Automatic: ...

    @property
    def contents(self) -> Contents: ...

    @property
    def subscriptions(self) -> Subscriptions: ...

    def put(self, ref: AssetRef, path: str, body: bytes) -> str: ...

    def put_unversioned(self, ref: AssetRef, path: str, body: bytes) -> None:
        """An object from before the bucket's versioning: its object version is `null`."""

    def begin_upload(self, ref: AssetRef, path: str) -> Callable[..., str]:
        """Begin to upload in parts; what comes back sends each, completes, and names the object version."""

    def remove(self, ref: AssetRef, path: str) -> str: ...

    def purge(self, ref: AssetRef, path: str, version_id: str) -> None: ...

    def read(self, ref: AssetRef, path: str) -> bytes | None: ...


class FakeStore:
    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        faults = Faults()
        self.records = FakeRecords(faults)
        self.files = FakeFiles(faults, now)
        self.manifests = FakeManifests(faults, CHUNK_TARGET)
        self.properties = FakeProperties(faults)
        self.history = FakeHistory(self.files)
        self.journal = FakeJournal(faults)
        self.automatic = FakeAutomatic(faults, self.records)
        self.contents = FakeContents(faults, self.files)
        self.subscriptions = FakeSubscriptions(faults, self.records)

    def put(self, ref: AssetRef, path: str, body: bytes) -> str:
        return self.files.put(ref, path, body)

    def put_unversioned(self, ref: AssetRef, path: str, body: bytes) -> None:
        self.files.put(ref, path, body, "null")

    def begin_upload(self, ref: AssetRef, path: str) -> Callable[..., str]:
        begun = self.files.begin(ref, path)

        def complete(*pieces: bytes) -> str:
            return self.files.complete(begun, b"".join(pieces), parts=len(pieces))

        return complete

    def remove(self, ref: AssetRef, path: str) -> str:
        return self.files.put(ref, path, None)

    def purge(self, ref: AssetRef, path: str, version_id: str) -> None:
        self.files.purge(ref, path, version_id)

    def read(self, ref: AssetRef, path: str) -> bytes | None:
        return self.files.contents(ref).get(path)


class AwsStore:
    """Over clients of whatever speaks S3 and DynamoDB; `dynamodb` is a resource's client."""

    def __init__(
        self, dynamodb: Any, s3: Any, table: str, assets: str, manifests: str, prefix: str = ""
    ) -> None:
        self._s3 = s3
        ask_before_each_attempt(s3)
        self._bucket = bucket = AssetsBucket(assets, prefix)
        self.records = DynamoRecords(Table(dynamodb, table))
        self.properties = DynamoProperties(Table(dynamodb, table))
        copier = Copier(s3, bucket, ThreadPoolExecutor(1))
        self.files = S3Files(s3, bucket, ThreadPoolExecutor(1), copier)
        self.manifests = S3Manifests(s3, manifests, CHUNK_TARGET)
        self.history = S3History(s3, bucket, ThreadPoolExecutor(1))
        self.journal = DynamoJournal(Table(dynamodb, table))
        self.automatic = AutomaticVersions(Table(dynamodb, table), lambda _body, _seconds: None)
        self.contents = S3Contents(s3, bucket, manifests, ThreadPoolExecutor(1))
        self.subscriptions = DynamoSubscriptions(Table(dynamodb, table))

    def put(self, ref: AssetRef, path: str, body: bytes, **facts: str) -> str:
        reply = self._s3.put_object(**self._bucket.file(ref, path), Body=body, **facts)
        return str(reply["VersionId"])

    def put_unversioned(self, ref: AssetRef, path: str, body: bytes) -> None:
        self._versioning("Suspended")
        self._s3.put_object(**self._bucket.file(ref, path), Body=body)
        self._versioning("Enabled")

    def begin_upload(self, ref: AssetRef, path: str) -> Callable[..., str]:
        begun = self._s3.create_multipart_upload(**self._bucket.file(ref, path))
        where = {name: begun[name] for name in ("Bucket", "Key", "UploadId")}

        def complete(*pieces: bytes) -> str:
            parts = []
            for number, piece in enumerate(pieces, start=1):
                part = self._s3.upload_part(PartNumber=number, Body=piece, **where)
                parts.append({"PartNumber": number, "ETag": part["ETag"]})
            done = self._s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **where)
            return str(done["VersionId"])

        return complete

    def remove(self, ref: AssetRef, path: str) -> str:
        reply = self._s3.delete_object(**self._bucket.file(ref, path))
        return str(reply["VersionId"])

    def purge(self, ref: AssetRef, path: str, version_id: str) -> None:
        self._s3.delete_object(**self._bucket.file(ref, path), VersionId=version_id)

    def read(self, ref: AssetRef, path: str) -> bytes | None:
        try:
            reply = self._s3.get_object(**self._bucket.file(ref, path))
        except self._s3.exceptions.NoSuchKey:
            return None
        body: bytes = reply["Body"].read()
        return body

    def _versioning(self, status: str) -> None:
        self._s3.put_bucket_versioning(Bucket=self._bucket.name, VersioningConfiguration={"Status": status})
