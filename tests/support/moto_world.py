"""An asset in a simulated AWS: the real operations and the real storage, one caller at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from assetversions.domain.access_report import AccessReport, Question
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.model import Asset, AssetRef, Database, Event, Version
from assetversions.domain.policy import User
from assetversions.domain.results.versions import Done
from assetversions.engine.operation import Operation
from assetversions.operations.versions.create_version import create_version
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.properties import DynamoProperties
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.uploads import DynamoUploads
from assetversions.storage.jobs import JobEngine, JobStore
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_history import S3History
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files

from tests.support.services import GivenServices

REF = AssetRef("cars", "engine")
UID = 0x123456789ABCDEF012345


class Clock:
    """Moves on by a second whenever it is read: no two commits share a moment."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class OpenGuard:
    """Allows everything but what `refused` says."""

    def __init__(self) -> None:
        self.refused: Callable[[str, dict[str, Any]], bool] = lambda _action, _thing: False

    def allows(self, action: str, attributes: dict[str, Any]) -> bool:
        return not self.refused(action, attributes)

    def decider(self, _action: str, _attributes: dict[str, Any]) -> str | None:
        return None

    def manages(self) -> bool:
        return False

    def explain(self, question: Question) -> AccessReport:
        return AccessReport((), question, None, {})


class NoUsers:
    """A pool with nobody in it."""

    def find(self, _name: str) -> User | None:
        return None


class World:
    """Database `cars` with asset `engine`, which has no files and no versions yet."""

    def __init__(self) -> None:
        self.s3 = boto3.client("s3", region_name="us-east-1")
        self.pool = pool = ThreadPoolExecutor(2)
        self.clock = Clock()
        self.guard = OpenGuard()
        table = Table(boto3.resource("dynamodb", region_name="us-east-1").meta.client, make_table())
        for bucket in ("assets", "manifests"):
            self.s3.create_bucket(Bucket=bucket)
        self.s3.put_bucket_versioning(Bucket="assets", VersioningConfiguration={"Status": "Enabled"})
        self.table = table
        self.records = DynamoRecords(table)
        self.files = S3Files(self.s3, "assets", pool, Copier(self.s3, "assets", pool))
        self.manifests = S3Manifests(self.s3, "manifests")
        self.contents = S3Contents(self.s3, "assets", "manifests", pool)
        self.jobs = JobEngine(JobStore(table, self.s3, "manifests"), lambda _name, _given: None)
        self.records.add_database(Database("cars", "the database", self.clock.now(), "ann"))
        self.add_asset(REF, UID)

    def add_asset(self, ref: AssetRef, uid: int) -> None:
        now = self.clock.now()
        self.records.add_asset(Asset(ref, uid, "an asset", "for tests", "none", (), True, now, "ann", now))

    def services(self, user: str = "ann") -> GivenServices:
        return GivenServices(
            user=user,
            guard=self.guard,
            records=self.records,
            files=self.files,
            manifests=self.manifests,
            jobs=self.jobs,
            now=self.clock.now,
            history=S3History(self.s3, "assets"),
            uploads=DynamoUploads(self.table),
            transfers=S3Transfers(self.s3, "assets", self.pool),
            subscriptions=DynamoSubscriptions(self.table),
            contents=self.contents,
            policies=PolicyStore(self.table),
            users=NoUsers(),
            properties=DynamoProperties(self.table),
        )

    def head(self) -> Asset:
        asset = self.records.asset(REF)
        assert asset is not None
        return asset

    def run(self, operation: Operation, command: Any, head: Asset | None = None) -> Any:
        """As the endpoint does it; an older `head` stands for a caller whom others overtook."""
        return operation(command, head or self.head(), self.services())

    def create(self, **facts: Any) -> int:
        done: Done = self.run(create_version, CreateVersion(REF, **facts))
        return done.version.number

    def put(self, path: str, text: str) -> None:
        self.s3.put_object(Bucket="assets", Key=f"cars/engine/{path}", Body=text.encode())

    def files_now(self) -> dict[str, str]:
        listed = self.s3.list_objects_v2(Bucket="assets", Prefix="cars/engine/").get("Contents", [])
        bodies = {row["Key"]: self.s3.get_object(Bucket="assets", Key=row["Key"])["Body"] for row in listed}
        return {key.removeprefix("cars/engine/"): body.read().decode() for key, body in bodies.items()}

    def version(self, number: int) -> Version:
        version = self.records.version(REF, number)
        assert version is not None
        return version

    def versions(self) -> list[Version]:
        """All that was ever recorded, newest first."""
        return list(self.records.versions(REF, None, 1000))

    def states(self) -> dict[int, str]:
        return {version.number: str(version.state) for version in self.versions()}

    def events(self) -> list[Event]:
        return list(self.records.events(REF, None, 1000))


def numbered(number: int) -> VersionRef:
    return VersionRef(number=number)


def make_table() -> str:
    text = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK")]
    index = [{"AttributeName": "GSI1PK", "KeyType": "HASH"}, {"AttributeName": "GSI1SK", "KeyType": "RANGE"}]
    boto3.client("dynamodb", region_name="us-east-1").create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        AttributeDefinitions=text,
        GlobalSecondaryIndexes=[
            {"IndexName": "GSI1", "KeySchema": index, "Projection": {"ProjectionType": "ALL"}}
        ],
    )
    return "table"
