"""The AWS clients of one Lambda container, made once; who is known, and what time it is."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from botocore.config import Config

from assetversions.runtime import aws
from assetversions.runtime.environment import setting
from assetversions.runtime.persons import Persons
from assetversions.storage.dynamodb.looks import Looks
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.function import Function
from assetversions.storage.s3.asked import ask_before_each_attempt, send_at_once

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
    return Table(aws.table_client(_CONFIG), setting("TABLE_NAME"))


@cache
def s3() -> Any:
    from assetversions.storage.s3.pages import read_fast  # the authorizer, which lists nothing, needs none

    client = _s3(_CONFIG)
    read_fast(client)
    return client


def s3_for_links() -> Any:
    """Links name the bucket's regional address; clients that send parts need not know S3's checksums."""
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
        request_checksum_calculation="when_required",
    )
    return _s3(_CONFIG.merge(config))


def _s3(config: Config) -> Any:
    client = aws.client("s3", config)
    ask_before_each_attempt(client)
    send_at_once(client)
    return client


def queues() -> Any:
    return aws.client("sqs", _CONFIG)


def step_functions() -> Any:
    return aws.client("stepfunctions", _CONFIG)


@cache
def policies() -> PolicyStore:
    return PolicyStore(table())


@cache
def users() -> Persons:
    look = Function(lambda: aws.client("lambda", _LOOK), lambda: setting("LOOK_AT_PERSON"))
    return Persons(Looks(table(), now), look.call)


@cache
def cognito() -> Any:
    return aws.client("cognito-idp", _POOL)


def now() -> datetime:
    """In milliseconds, as the table keeps it: what is read again must equal what was written."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
