"""The stores of one Lambda container, made once, and what an operation gets of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from assetversions.domain.jobs import JobLimits
from assetversions.domain.once import Once
from assetversions.domain.ports.access import Guard
from assetversions.domain.ports.services import Services
from assetversions.runtime import wiring
from assetversions.runtime.environment import setting
from assetversions.runtime.executions import Executions
from assetversions.runtime.over_table import OverTable
from assetversions.runtime.persons import Persons
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.receipts import DynamoReceipts
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.jobs import JobEngine, JobStore
from assetversions.storage.queue import Queue
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_history import S3History
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.packs import S3Packs
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files
from assetversions.storage.s3.zips import S3Zips

if TYPE_CHECKING:
    from assetversions.storage.imports import Imports
    from assetversions.storage.tickets import Tickets
    from assetversions.storage.webhooks import Webhooks


def assets_bucket() -> AssetsBucket:
    return AssetsBucket(setting("ASSETS_BUCKET"), setting("ASSETS_PREFIX"))


@cache
def records() -> DynamoRecords:
    return DynamoRecords(wiring.table())


@cache
def files() -> S3Files:
    bucket = assets_bucket()
    copier = Copier(wiring.s3(), bucket, ThreadPoolExecutor(wiring.PARTS_SIDE_BY_SIDE))
    return S3Files(wiring.s3(), bucket, ThreadPoolExecutor(wiring.SIDE_BY_SIDE), copier)


@cache
def history() -> S3History:
    return S3History(wiring.s3(), assets_bucket(), ThreadPoolExecutor(wiring.SIDE_BY_SIDE))


@cache
def manifests() -> S3Manifests:
    return S3Manifests(wiring.s3(), setting("MANIFESTS_BUCKET"))


@cache
def contents() -> S3Contents:
    return S3Contents(
        wiring.s3(), assets_bucket(), setting("MANIFESTS_BUCKET"), ThreadPoolExecutor(wiring.SIDE_BY_SIDE)
    )


@cache
def job_store() -> JobStore:
    limits = JobLimits(int(setting("JOBS_PER_PERSON")), int(setting("JOBS_PER_ASSET")))
    return JobStore(wiring.table(), wiring.s3(), setting("MANIFESTS_BUCKET"), limits)


@cache
def transfers() -> S3Transfers:
    pool = ThreadPoolExecutor(wiring.SIDE_BY_SIDE)
    return S3Transfers(wiring.s3_for_links(), assets_bucket(), pool, 60 * int(setting("LINK_MINUTES")))


@cache
def zips() -> S3Zips:
    return S3Zips(wiring.s3(), wiring.s3_for_links(), setting("MANIFESTS_BUCKET"))


@cache
def packs() -> S3Packs:
    pool, seconds = ThreadPoolExecutor(wiring.SIDE_BY_SIDE), 60 * int(setting("LINK_MINUTES"))
    return S3Packs(wiring.s3_for_links(), setting("MANIFESTS_BUCKET"), pool, seconds)


@cache
def automatic() -> AutomaticVersions:
    turns = Queue(wiring.queues, lambda: setting("TURNS_URL"))
    return AutomaticVersions(wiring.table(), turns.send)


@cache
def receipts() -> DynamoReceipts:
    return DynamoReceipts(wiring.table())


class _Services(OverTable):
    """Each store comes to life with its first use: a function pays for what its operation uses."""

    def __init__(self, person: str, user: str, guard: Guard, once: Once | None) -> None:
        super().__init__(wiring.table)
        self.person = person
        self.user = user
        self.guard = guard
        self.once = once

    @property
    def token_days(self) -> int:
        return int(setting("API_TOKEN_DAYS"))

    @property
    def all_noted(self) -> bool:
        return setting("DIRECT_WRITES") == "denied"

    def now(self) -> datetime:
        return wiring.now()

    @cached_property
    def records(self) -> DynamoRecords:
        return records()

    @cached_property
    def files(self) -> S3Files:
        return files()

    @cached_property
    def manifests(self) -> S3Manifests:
        return manifests()

    @cached_property
    def jobs(self) -> JobEngine:
        executions = Executions(wiring.step_functions)
        return JobEngine(job_store(), executions.start, executions.stop, executions.status)

    @cached_property
    def history(self) -> S3History:
        return history()

    @cached_property
    def transfers(self) -> S3Transfers:
        return transfers()

    @cached_property
    def webhooks(self) -> "Webhooks":
        from assetversions.runtime import outward  # few functions use it, and it is slow to import

        return outward.webhooks(wiring.table())

    @cached_property
    def tickets(self) -> "Tickets":
        from assetversions.runtime import outward

        return outward.tickets()

    @cached_property
    def imports(self) -> "Imports":
        from assetversions.runtime import outward

        return outward.imports()

    @cached_property
    def contents(self) -> S3Contents:
        return contents()

    @cached_property
    def policies(self) -> PolicyStore:
        return wiring.policies()

    @cached_property
    def users(self) -> Persons:
        return wiring.users()

    @cached_property
    def receipts(self) -> DynamoReceipts:
        return receipts()

    @cached_property
    def zips(self) -> S3Zips:
        return zips()

    @cached_property
    def packs(self) -> S3Packs:
        return packs()

    @cached_property
    def automatic(self) -> AutomaticVersions:
        return automatic()


def services(person: str, user: str, guard: Guard, once: Once | None = None) -> Services:
    return _Services(person, user, guard, once)
