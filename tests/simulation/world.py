"""The world of a run: an asset, the product's own stores over the account in memory, services for all."""

from typing import Any

from assetversions.domain.automatic import After, AutoVersion
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Database, Version
from assetversions.domain.once import Once
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb import items, keys
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.properties import DynamoProperties
from assetversions.storage.dynamodb.receipts import DynamoReceipts
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.uploads import DynamoUploads
from assetversions.storage.jobs import JobEngine, JobStore
from assetversions.storage.s3.asked import ask_before_each_attempt
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_history import S3History
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.packs import S3Packs
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files
from msgspec.structs import replace

from tests.simulation import virtual
from tests.simulation.aws import ASSETS, MANIFESTS, TABLE, Account
from tests.simulation.bucket import Changed, Stored
from tests.simulation.faults import Weather
from tests.simulation.oracle import PREFIX, REF, Oracle
from tests.simulation.pools import Pool
from tests.simulation.scheduler import Scheduler
from tests.support.services import GivenServices
from tests.support.world import FakeGuard, Untouched

# Who may read, and no more.
EVE = "eve"
PATHS = ("a", "b", "d/a", "d/b", "d/e/c", "z")


class World:
    """`started` are the executions that Step Functions was asked for, `stopped` those that it ended."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.scheduler = Scheduler(seed)
        virtual.begin(self.scheduler)
        self.random = self.scheduler.random
        self.weather = Weather(self.scheduler)
        self.oracle = Oracle(self.scheduler)
        self.foreign = self.random.random() < 0.5
        # Nobody else may write, and the product knows: it never lists beside a version before.
        self.noted = not self.foreign and self.random.random() < 0.5
        self._hearers: list[Changed] = [self.oracle.changed]
        page = self.random.choice([1, 2, 3, 5, 1000, 1000])
        self.account = Account(self.scheduler, self.weather, self._tell, self.oracle.written, page=page)
        self.oracle.table = self.account.dynamo.items
        self.started: list[str] = []
        self.jobs_asked_for: list[str] = []
        self.stopped: set[str] = set()
        self._make_stores()
        self._begin()

    @property
    def bucket(self) -> Any:
        return self.account.assets

    def services(self, user: str, once: Once | None = None) -> GivenServices:
        return GivenServices(
            user,
            user,
            FakeGuard(lambda action, _thing: user != EVE or action == "read"),
            self.records,
            self.files,
            self.manifests,
            self.jobs,
            self.now,
            history=self.history,
            journal=self.journal,
            uploads=self.uploads,
            transfers=self.transfers,
            packs=self.packs,
            subscriptions=self.subscriptions,
            contents=self.contents,
            policies=Untouched("policies"),
            users=Untouched("users"),
            properties=self.properties,
            automatic=self.automatic,
            once=once,
            receipts=self.receipts,
            all_noted=self.noted,
        )

    def hear(self, hearer: Changed) -> None:
        """Of every change of the assets bucket."""
        self._hearers.append(hearer)

    def _tell(self, key: str, history: list[Stored]) -> None:
        for hearer in self._hearers:
            hearer(key, history)

    def now(self) -> Any:
        """In milliseconds, as the wiring has it."""
        moment = self.scheduler.now
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def manifest(self, version: Version) -> dict[str, Entry]:
        """Of a version, read outside of the run."""
        root = self.manifests.root(version.uid, version.manifest)
        return {entry.path: entry for entry in self.manifests.entries(version.uid, root)}

    def content(self, version: Version) -> dict[str, str]:
        """What it holds, by path."""
        bodies = {path: self.body(path, entry.version_id) for path, entry in self.manifest(version).items()}
        return {path: (body or b"").decode() for path, body in bodies.items()}

    def body(self, path: str, version_id: str) -> bytes | None:
        found = self.bucket.find(PREFIX + path, version_id)
        return None if found is None else found.body

    def head(self) -> Asset:
        """As it is, read outside of the run."""
        key = keys.head(REF.database_id, REF.asset_id)
        return items.to_asset(self.account.dynamo.items[key[keys.PARTITION], key[keys.SORT]])

    def _make_stores(self) -> None:
        ask_before_each_attempt(self.account.s3)
        s3, pool, table = self.account.s3, Pool(self.scheduler), Table(self.account.dynamo, TABLE)
        target, limits = self.random.choice([(50_000, Limits()), (2, Limits(files=2, changes=3, share=1))])
        self.records = DynamoRecords(table)
        self.journal = DynamoJournal(table)
        self.automatic = AutomaticVersions(table, lambda _body, _seconds: None)
        self.uploads = DynamoUploads(table)
        self.receipts = DynamoReceipts(table)
        self.subscriptions = DynamoSubscriptions(table)
        self.properties = DynamoProperties(table)
        assets = AssetsBucket(ASSETS)
        self.files = S3Files(s3, assets, pool, Copier(s3, assets, pool))
        self.manifests = S3Manifests(s3, MANIFESTS, target, limits)
        self.history = S3History(s3, assets, pool)
        self.transfers = S3Transfers(s3, assets, pool)
        self.packs = S3Packs(s3, MANIFESTS, pool)
        self.contents = S3Contents(s3, assets, MANIFESTS, pool)
        self.job_store = JobStore(table, s3, MANIFESTS)
        self.jobs = JobEngine(
            self.job_store,
            self._start,
            self.stopped.add,
            lambda _name: None,
        )

    def _start(self, name: str, _given: str) -> None:
        self.started.append(name)
        self.jobs_asked_for.append(name)

    def _begin(self) -> None:
        now = self.now()
        self.records.add_database(Database("db", "", now, "ann"))
        asset = Asset(REF, 0x12345, "an asset", "", "none", (), True, now, "ann", now)
        # In some runs each upload that is completed is a version at once.
        after = After.UPLOAD if self.seed % 4 == 3 else After.NEVER
        self.records.add_asset(replace(asset, auto_version=AutoVersion(after)))
        for path in self.random.sample(PATHS, self.random.randrange(len(PATHS))):
            self.scheduler.tick_on()
            self.bucket.put(PREFIX + path, f"first {path}".encode(), {"Metadata": {}})
