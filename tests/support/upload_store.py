"""Uploads over the real storage in a simulated AWS, and what a client sends to it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from assetversions.domain.commands.files import CompleteUpload, StartUpload
from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.uploads import NewFile, Part, SentFile
from assetversions.operations.uploads.start_upload import start_upload
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.uploads import DynamoUploads
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files
from botocore.exceptions import ClientError
from moto import mock_aws

REF = AssetRef("db1", "a1")
ASSETS = AssetsBucket("assets")
NOW = datetime.now(UTC)
ASSET = Asset(REF, 1, "an asset", "for tests", "none", (), True, NOW, "ann", NOW)


@dataclass
class Store:
    s3: Any
    table: Table
    services: Any

    def start(self, *paths: str, empty: tuple[str, ...] = ()) -> Any:
        files = tuple(NewFile(path, path, 3, 1) for path in paths)
        files += tuple(NewFile(path, path, 0, 0) for path in empty)
        return start_upload(StartUpload(REF, files), ASSET, self.services)

    def send(self, started: Any) -> CompleteUpload:
        """Send three bytes for each file; the command that completes them all."""
        files = []
        for file in started.upload.files:
            if file.s3_id is None:
                files.append(SentFile(file.path, file.path, None, ()))
                continue
            reply = self.s3.upload_part(
                Bucket="assets", Key=f"db1/a1/{file.path}", UploadId=file.s3_id, PartNumber=1, Body=b"abc"
            )
            files.append(SentFile(file.path, file.path, file.s3_id, (Part(1, reply["ETag"].strip('"')),)))
        return CompleteUpload(REF, started.upload.upload_id, tuple(files))

    def versions(self) -> list[str]:
        listed = self.s3.list_object_versions(Bucket="assets").get("Versions", [])
        return [row["Key"].removeprefix("db1/a1/") for row in listed]

    def working(self) -> dict[str, bytes]:
        listed = self.s3.list_objects_v2(Bucket="assets").get("Contents", [])
        bodies = {row["Key"]: self.s3.get_object(Bucket="assets", Key=row["Key"])["Body"] for row in listed}
        return {key.removeprefix("db1/a1/"): body.read() for key, body in bodies.items()}

    def under_way(self) -> int:
        return len(self.s3.list_multipart_uploads(Bucket="assets").get("Uploads", []))


def upload_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """For a fixture."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        client = boto3.resource("dynamodb").meta.client
        names = {keys.PARTITION: "HASH", keys.SORT: "RANGE"}
        client.create_table(
            TableName="table",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in names.items()],
        )
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="assets")
        s3.put_bucket_versioning(Bucket="assets", VersioningConfiguration={"Status": "Enabled"})
        table = Table(client, "table")
        services = SimpleNamespace(
            once=None,
            person="sub-of-ann",
            user="ann",
            now=lambda: datetime.now(UTC),
            records=DynamoRecords(table),
            uploads=DynamoUploads(table),
            journal=DynamoJournal(table),
            files=S3Files(s3, ASSETS, ThreadPoolExecutor(8), Copier(s3, ASSETS, ThreadPoolExecutor(1))),
            transfers=S3Transfers(s3, ASSETS, ThreadPoolExecutor(8)),
        )
        services.records.add_database(Database("db1", "a database", NOW, "ann"))
        services.records.add_asset(ASSET)
        yield Store(s3, table, services)


def break_at(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """S3 does not complete files of this name."""
    complete = store.s3.complete_multipart_upload

    def refuse(**request: Any) -> Any:
        if request["Key"].endswith(name):
            raise ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "CompleteMultipartUpload")
        return complete(**request)

    monkeypatch.setattr(store.s3, "complete_multipart_upload", refuse)
