"""The stores and the AWS clients of one Lambda container, made once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from assetversions.domain.jobs import JobLimits
from assetversions.domain.once import Once
from assetversions.domain.ports.access import Guard
from assetversions.domain.ports.services import Services
from assetversions.runtime.environment import setting
from assetversions.runtime.executions import Executions
from assetversions.runtime.over_table import OverTable
from assetversions.runtime.persons import Persons
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb.looks import Looks
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.receipts import DynamoReceipts
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.function import Function
from assetversions.storage.jobs import JobEngine, JobStore
from assetversions.storage.queue import Queue
from assetversions.storage.s3.asked import ask_before_each_attempt
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.inline_contents import S3Contents
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_history import S3History
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.pages import read_fast
from assetversions.storage.s3.transfers import S3Transfers
from assetversions.storage.s3.working_files import S3Files

if TYPE_CHECKING:
    from assetversions.storage.tickets import Tickets
    from assetversions.storage.webhooks import Webhooks

SIDE_BY_SIDE = 32
# S3 copies 10,000 parts of half a gigabyte so within the time that a function may run.
PARTS_SIDE_BY_SIDE = 100
_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 5},
    max_pool_connections=SIDE_BY_SIDE + PARTS_SIDE_BY_SIDE + 4,
    connect_timeout=3,
    read_timeout=20,
)
# Somebody waits at the door: rather Busy, and soon. A start of the function that is asked takes longer.
_POOL = Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=1, read_timeout=3)
_LOOK = _POOL.merge(Config(read_timeout=15))


@cache
def table() -> Table:
    return Table(boto3.resource("dynamodb", config=_CONFIG).meta.client, setting("TABLE_NAME"))


@cache
def s3() -> Any:
    client = boto3.client("s3", config=_CONFIG)
    ask_before_each_attempt(client)
    read_fast(client)
    return client


def assets_bucket() -> AssetsBucket:
    return AssetsBucket(setting("ASSETS_BUCKET"), setting("ASSETS_PREFIX"))


@cache
def records() -> DynamoRecords:
    return DynamoRecords(table())


@cache
def files() -> S3Files:
    bucket = assets_bucket()
    copier = Copier(s3(), bucket, ThreadPoolExecutor(PARTS_SIDE_BY_SIDE))
    return S3Files(s3(), bucket, ThreadPoolExecutor(SIDE_BY_SIDE), copier)


@cache
def history() -> S3History:
    return S3History(s3(), assets_bucket(), ThreadPoolExecutor(SIDE_BY_SIDE))


@cache
def manifests() -> S3Manifests:
    return S3Manifests(s3(), setting("MANIFESTS_BUCKET"))


@cache
def contents() -> S3Contents:
    return S3Contents(s3(), assets_bucket(), setting("MANIFESTS_BUCKET"), ThreadPoolExecutor(SIDE_BY_SIDE))


@cache
def job_store() -> JobStore:
    limits = JobLimits(int(setting("JOBS_PER_PERSON")), int(setting("JOBS_PER_ASSET")))
    return JobStore(table(), s3(), setting("MANIFESTS_BUCKET"), limits)


@cache
def transfers() -> S3Transfers:
    """Links name the bucket's regional address; clients that send parts need not know S3's checksums."""
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
        request_checksum_calculation="when_required",
    )
    client = boto3.client("s3", config=_CONFIG.merge(config))
    ask_before_each_attempt(client)
    return S3Transfers(client, assets_bucket(), ThreadPoolExecutor(SIDE_BY_SIDE))


@cache
def automatic() -> AutomaticVersions:
    turns = Queue(lambda: boto3.client("sqs", config=_CONFIG), lambda: setting("TURNS_URL"))
    return AutomaticVersions(table(), turns.send)


@cache
def policies() -> PolicyStore:
    return PolicyStore(table())


@cache
def receipts() -> DynamoReceipts:
    return DynamoReceipts(table())


@cache
def users() -> Persons:
    look = Function(lambda: boto3.client("lambda", config=_LOOK), lambda: setting("LOOK_AT_PERSON"))
    return Persons(Looks(table(), now), look.call)


@cache
def cognito() -> Any:
    return boto3.client("cognito-idp", config=_POOL)


class _Services(OverTable):
    """Each store comes to life with its first use: a function pays for what its operation uses."""

    def __init__(self, person: str, user: str, guard: Guard, once: Once | None) -> None:
        super().__init__(table)
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
        return now()

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
        executions = Executions(lambda: boto3.client("stepfunctions", config=_CONFIG))
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

        return outward.webhooks(table())

    @cached_property
    def tickets(self) -> "Tickets":
        from assetversions.runtime import outward

        return outward.tickets()

    @cached_property
    def contents(self) -> S3Contents:
        return contents()

    @cached_property
    def policies(self) -> PolicyStore:
        return policies()

    @cached_property
    def users(self) -> Persons:
        return users()

    @cached_property
    def receipts(self) -> DynamoReceipts:
        return receipts()

    @cached_property
    def automatic(self) -> AutomaticVersions:
        return automatic()


def services(person: str, user: str, guard: Guard, once: Once | None = None) -> Services:
    return _Services(person, user, guard, once)


def now() -> datetime:
    """In milliseconds, as the table keeps it: what is read again must equal what was written."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
