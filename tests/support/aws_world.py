"""A world over the real storage in a simulated AWS, one caller at a time."""

from concurrent.futures import Executor
from typing import Any

from assetversions.domain.commits import Event
from assetversions.domain.model import Version
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb.journal import DynamoJournal
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
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files

from tests.simulation.pools import Pool
from tests.simulation.scheduler import Scheduler
from tests.support.aws import People
from tests.support.in_memory import account
from tests.support.services import GivenServices
from tests.support.world import REF, AnyWorld, Clock, FakeGuard, TickingClock

ASSETS = AssetsBucket("assets")
PREFIX = f"{REF.database_id}/{REF.asset_id}/"


class AwsWorld(AnyWorld):
    """Over clients of whatever speaks DynamoDB and S3; the pool has no users. No job of it ever begins."""

    def __init__(self, dynamodb: Any, s3: Any, pool: Executor, clock: Clock) -> None:
        self.clock = clock
        self.guard = FakeGuard()
        self.people = People()
        self.s3 = s3
        self.pool = pool
        self.table = Table(dynamodb, "table")
        self.records = DynamoRecords(self.table)
        self.files = S3Files(self.s3, ASSETS, pool, Copier(self.s3, ASSETS, pool))
        self.manifests = S3Manifests(self.s3, "manifests")
        self.contents = S3Contents(self.s3, ASSETS, "manifests", pool)
        self.jobs = JobEngine(
            JobStore(self.table, self.s3, "manifests"),
            lambda _name, _given: None,
            lambda _name: None,
            lambda _name: None,
        )
        self.begin()

    def services(self, user: str = "ann") -> GivenServices:
        return GivenServices(
            person=user,
            user=user,
            guard=self.guard,
            records=self.records,
            files=self.files,
            manifests=self.manifests,
            jobs=self.jobs,
            now=self.clock.now,
            history=S3History(self.s3, ASSETS, self.pool),
            journal=DynamoJournal(self.table),
            uploads=DynamoUploads(self.table),
            transfers=S3Transfers(self.s3, ASSETS, self.pool),
            subscriptions=DynamoSubscriptions(self.table),
            contents=self.contents,
            policies=PolicyStore(self.table),
            users=self.people,
            properties=DynamoProperties(self.table),
            automatic=AutomaticVersions(self.table, lambda _body, _seconds: None),
        )


class MemoryWorld(AwsWorld):
    """In a fresh account in memory."""

    def __init__(self) -> None:
        clock, scheduler = TickingClock(), Scheduler(0)
        self.account = account(clock.now)
        super().__init__(self.account.dynamo, self.account.s3, Pool(scheduler), clock)

    def new(self, **facts: Any) -> int:
        """Create a version; its number."""
        return self.create(**facts).version.number

    def store(self, path: str, text: str) -> None:
        self.s3.put_object(Bucket="assets", Key=PREFIX + path, Body=text.encode())

    def files_now(self) -> dict[str, str]:
        listed = self.s3.list_objects_v2(Bucket="assets", Prefix=PREFIX).get("Contents", [])
        bodies = {row["Key"]: self.s3.get_object(Bucket="assets", Key=row["Key"])["Body"] for row in listed}
        return {key.removeprefix(PREFIX): body.read().decode() for key, body in bodies.items()}

    def version(self, number: int) -> Version:
        version = self.records.version(REF, number)
        assert version is not None
        return version

    def states(self) -> dict[int, str]:
        return {version.number: str(version.state) for version in self.versions()}

    def events(self) -> list[Event]:
        return list(self.records.events(REF, None, 1000))
