"""Uploads through the real storage: a crash in the middle is finished by the same request."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, StartUpload
from assetversions.domain.errors import Conflict, Incomplete, NotFound
from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.subscriptions import Subscription
from assetversions.domain.uploads import OPEN_FOR, NewFile, Part, SentFile
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.start_upload import start_upload
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.uploads import FILES_AN_ITEM, DynamoUploads
from assetversions.storage.s3.transfers import S3Transfers
from botocore.exceptions import ClientError
from moto import mock_aws

REF = AssetRef("db1", "a1")
NOW = datetime.now(UTC)
ASSET = Asset(REF, 1, "an asset", "for tests", "none", (), True, NOW, "ann", NOW)


@dataclass
class Store:
    s3: Any
    table: Table
    services: Any

    def start(self, *paths: str) -> Any:
        files = tuple(NewFile(path, path, 3, 1) for path in paths)
        return start_upload(StartUpload(REF, files), ASSET, self.services)

    def send(self, started: Any) -> CompleteUpload:
        """Send three bytes for each file; the command that completes them all."""
        files = []
        for file in started.upload.files:
            reply = self.s3.upload_part(
                Bucket="assets", Key=f"db1/a1/{file.path}", UploadId=file.s3_id, PartNumber=1, Body=b"abc"
            )
            files.append(SentFile(file.path, file.path, file.s3_id, (Part(1, reply["ETag"].strip('"')),)))
        return CompleteUpload(REF, started.upload.upload_id, tuple(files))

    def versions(self) -> list[str]:
        listed = self.s3.list_object_versions(Bucket="assets").get("Versions", [])
        return [row["Key"].removeprefix("db1/a1/") for row in listed]

    def under_way(self) -> int:
        return len(self.s3.list_multipart_uploads(Bucket="assets").get("Uploads", []))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        client = boto3.resource("dynamodb").meta.client
        names = (keys.PARTITION, keys.SORT, keys.INDEX_PARTITION, keys.INDEX_SORT)
        schema = [
            {"AttributeName": name, "KeyType": kind}
            for name, kind in zip(names, ["HASH", "RANGE"] * 2, strict=True)
        ]
        client.create_table(
            TableName="table",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            KeySchema=schema[:2],
            GlobalSecondaryIndexes=[
                {"IndexName": keys.INDEX, "KeySchema": schema[2:], "Projection": {"ProjectionType": "ALL"}}
            ],
        )
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="assets")
        s3.put_bucket_versioning(Bucket="assets", VersioningConfiguration={"Status": "Enabled"})
        table = Table(client, "table")
        services = SimpleNamespace(
            user="ann",
            now=lambda: datetime.now(UTC),
            records=DynamoRecords(table),
            uploads=DynamoUploads(table),
            transfers=S3Transfers(s3, "assets", ThreadPoolExecutor(1)),
        )
        services.records.add_database(Database("db1", "a database", NOW, "ann"))
        services.records.add_asset(ASSET)
        yield Store(s3, table, services)


def test_a_crash_between_two_files_is_finished_by_the_same_request(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = store.send(store.start("a.txt", "b.txt"))
    complete = store.s3.complete_multipart_upload

    def crash_at_b(**request: Any) -> Any:
        if request["Key"].endswith("b.txt"):
            raise ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "CompleteMultipartUpload")
        return complete(**request)

    with monkeypatch.context() as broken:
        broken.setattr(store.s3, "complete_multipart_upload", crash_at_b)
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    assert store.versions() == ["a.txt"]
    complete_upload(command, ASSET, store.services)
    assert store.versions() == ["a.txt", "b.txt"]
    with pytest.raises(Conflict, match="already"):
        complete_upload(command, ASSET, store.services)


def test_a_reply_that_was_lost_is_finished_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    command = store.send(store.start("a.txt"))
    with monkeypatch.context() as broken:
        broken.setattr(store.services.uploads, "close", lambda _upload: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            complete_upload(command, ASSET, store.services)
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"another's, meanwhile")
    complete_upload(command, ASSET, store.services)
    assert len(store.versions()) == 2


def test_parts_that_were_thrown_away_are_not_taken_for_a_finished_file(store: Store) -> None:
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"there before")
    started = store.start("a.txt")
    command = store.send(started)
    store.services.transfers.abort(REF, started.upload.files)
    with pytest.raises(Incomplete, match="gone"):
        complete_upload(command, ASSET, store.services)


def test_what_was_sent_to_another_upload_of_the_same_file_is_not_taken(store: Store) -> None:
    mine, theirs = store.send(store.start("a.txt")), store.send(store.start("a.txt"))
    mixed = CompleteUpload(REF, mine.upload_id, theirs.files)
    with pytest.raises(Incomplete, match="uploadIdS3"):
        complete_upload(mixed, ASSET, store.services)
    assert store.versions() == []


def test_files_that_are_not_named_are_given_up(store: Store) -> None:
    command = store.send(store.start("a.txt", "b.txt"))
    complete_upload(CompleteUpload(REF, command.upload_id, command.files[:1]), ASSET, store.services)
    assert (store.versions(), store.under_way()) == (["a.txt"], 0)


def test_an_aborted_or_expired_upload_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = store.send(store.start("a.txt")), store.send(store.start("b.txt"))
    abort_upload(AbortUpload(REF, first.upload_id), ASSET, store.services)
    assert store.under_way() == 1
    store.services.now = lambda: datetime.now(UTC) + OPEN_FOR + timedelta(seconds=1)
    for command, says in ((first, "already"), (second, "expired")):
        with pytest.raises(Conflict, match=says):
            complete_upload(command, ASSET, store.services)
    assert store.versions() == []


def test_a_large_upload_is_recorded_whole_and_expires(store: Store) -> None:
    paths = [f"{number}.txt" for number in range(2 * FILES_AN_ITEM + 1)]
    started = store.start(*paths)
    upload = store.services.uploads.get(REF, started.upload.upload_id)
    assert [file.path for file in upload.files] == paths
    rows = store.table.query(keys.asset_partition("db1", "a1"), prefix="UPLOAD")
    assert {int(row[keys.EXPIRES]) for row in rows} == {int(upload.expires_at.timestamp())}
    assert store.services.uploads.get(REF, upload.upload_id[:-1]) is None


def test_subscribers_come_and_go_one_by_one(store: Store) -> None:
    subscriptions = DynamoSubscriptions(store.table)
    subscriptions.add(REF, frozenset({"ann"}))
    subscriptions.add(REF, frozenset({"bob", "eve"}))
    with pytest.raises(Conflict):
        subscriptions.add(REF, frozenset({"dan", "bob"}))
    subscriptions.remove(REF, frozenset({"eve"}))
    assert subscriptions.get(REF) == Subscription(REF, frozenset({"ann", "bob"}))
    assert [asset.ref for _, asset in subscriptions.all(None, 10)] == [REF]
    assert list(subscriptions.all("db1#a1", 10)) == []
    with pytest.raises(NotFound):
        subscriptions.remove(REF, frozenset({"ann", "eve"}))
    subscriptions.remove(REF, frozenset({"ann", "bob"}))
    assert subscriptions.get(REF) is None
    assert list(subscriptions.all(None, 10)) == []
