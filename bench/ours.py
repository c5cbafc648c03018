"""The store itself: its real operations and storage, on the fake clients, each call a whole request."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from assetversions.domain.commands.catalog import CreateAsset
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.commands.history import CompareVersions
from assetversions.domain.commands.versions import (
    CreateVersion,
    GetVersion,
    ListVersions,
    PublishVersion,
    RevertVersion,
)
from assetversions.domain.jobs import Job, JobState
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.policy import User
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine.jobs import steps
from assetversions.engine.operation import AnyOperation
from assetversions.operations.catalog.create_asset import create_asset
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.get_version import get_version
from assetversions.operations.versions.list_versions import list_versions
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.runtime.no_guard import NoGuard
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb import items, keys, policy_snapshot
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

from bench.place import ASSET, DATABASE
from bench.world import BUCKET, SIDE_BY_SIDE, TABLE, Clients, Variant, World
from tests.support.services import GivenServices

USER = "bench"
FILES_PAGE = Page(1_000)
VERSIONS_PAGE = Page(100)


class AllowAll(NoGuard):
    """Whoever asks may do it."""

    def allows(self, _action: str, _attributes: dict[str, object]) -> bool:
        return True


class NoUsers:
    """Admission is given; nobody is looked up."""

    def find(self, _name: str) -> User | None:
        return None


class Ours(Variant):
    """`background` asks for jobs, as clients do for assets that no request can carry."""

    def __init__(self, world: World, clients: Clients | None = None, background: bool = False) -> None:
        super().__init__(world, clients)
        self._ref = AssetRef(DATABASE, ASSET)
        self._background = background
        self._table = Table(self.dynamo, TABLE)
        self._jobs = JobStore(self._table, self.s3, "manifests")

    def add_asset(self) -> None:
        with self._services() as services:
            services.records.add_database(Database(DATABASE, "Benchmarks", services.now(), USER))
            create_asset(CreateAsset(DATABASE, ASSET, ASSET, "", "", (), True), services)

    def create(self) -> Any:
        return self._request(create_version, CreateVersion(self._ref, background=self._background))

    def list_page(self) -> Any:
        return self._request(list_versions, ListVersions(self._ref, VERSIONS_PAGE, archived=False))

    def get(self, number: int) -> Any:
        return self._request(get_version, GetVersion(self._ref, VersionRef(number=number), FILES_PAGE))

    def compare(self, left: int, right: int) -> Any:
        sides = VersionRef(number=left), VersionRef(number=right)
        return self._request(compare_versions, CompareVersions(self._ref, *sides, FILES_PAGE))

    def publish(self, number: int) -> Any:
        return self._request(publish_version, PublishVersion(self._ref, VersionRef(number=number)))

    def revert(self, number: int) -> Any:
        return self._request(
            revert_version,
            RevertVersion(self._ref, VersionRef(number=number), background=self._background),
        )

    def chunks(self) -> int:
        root = self._root(self._head().base)
        full = root if root.base is None else self._root(root.base)
        return len(full.chunks)

    def held(self) -> int:
        return self._root(self._head().base).files

    def delta(self) -> bool:
        return self._root(self._head().base).base is not None

    def _request(self, operation: AnyOperation, command: Any) -> Any:
        """Admission's one read, the operation, and the job that it may leave to do."""
        wanted = [
            keys.look_at_person(USER),
            policy_snapshot.REVISION_KEY,
            keys.membership(USER),
            keys.head(DATABASE, ASSET),
        ]
        head = self._table.get_many(wanted)[-1]
        assert head is not None
        with self._services() as services:
            result = operation(command, items.to_asset(head), services)
            self.deferred = isinstance(result, Deferred)
            if isinstance(result, Deferred):
                self._work(result.job.job_id, services)
        return result

    def _work(self, job_id: str, services: Services) -> None:
        """What the state machine does; it does the batches of a copy side by side."""

        def step(run: Callable[..., Any], *args: Any) -> Any:
            return run(services, self._jobs, self._job(job_id), *args)

        batches = step(steps.prepare)
        for batch in batches:
            step(steps.copy, batch)
        while step(steps.finish, len(batches)):
            pass
        assert self._job(job_id).state is JobState.SUCCEEDED

    def _job(self, job_id: str) -> Job:
        job = self._jobs.get(self._ref, job_id)
        assert job is not None
        return job

    def _root(self, digest: str | None) -> Root:
        if digest is None:
            return Root(0, 0)
        return S3Manifests(self.s3, "manifests").root(self._head().uid, digest)

    def _head(self) -> Asset:
        head = DynamoRecords(self._table).asset(self._ref)
        assert head is not None
        return head

    @contextmanager
    def _services(self) -> Iterator[Services]:
        s3, bucket = self.s3, AssetsBucket(BUCKET)
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            yield GivenServices(
                person=USER,
                user=USER,
                guard=AllowAll(),
                records=DynamoRecords(self._table),
                files=S3Files(s3, bucket, pool, Copier(s3, bucket, pool)),
                manifests=S3Manifests(s3, "manifests"),
                jobs=JobEngine(
                    self._jobs, lambda _name, _given: None, lambda _name: None, lambda _name: None
                ),
                now=lambda: datetime.now(UTC),
                history=S3History(s3, bucket, pool),
                journal=DynamoJournal(self._table),
                uploads=DynamoUploads(self._table),
                transfers=S3Transfers(s3, bucket, pool),
                subscriptions=DynamoSubscriptions(self._table),
                contents=S3Contents(s3, bucket, "manifests", pool),
                policies=PolicyStore(self._table),
                users=NoUsers(),
                properties=DynamoProperties(self._table),
                automatic=AutomaticVersions(self._table, lambda _body, _seconds: None),
            )
