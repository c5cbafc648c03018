"""The environment and the AWS clients of one Lambda container, made once."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from assetversions.domain.ports import Guard, ServiceFacts, Services
from assetversions.storage.files import S3Files
from assetversions.storage.manifests import S3Manifests
from assetversions.storage.table import Table
from assetversions.storage.versions import DynamoRecords

SIDE_BY_SIDE = 32
_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 5},
    max_pool_connections=SIDE_BY_SIDE + 4,
    connect_timeout=3,
    read_timeout=20,
)


@dataclass(frozen=True)
class Stores:
    """What a container keeps between requests."""

    table: Table
    records: DynamoRecords
    files: S3Files
    manifests: S3Manifests


def table_name() -> str:
    return os.environ["TABLE_NAME"]


@cache
def table() -> Table:
    return Table(boto3.resource("dynamodb", config=_CONFIG).meta.client, table_name())


@cache
def stores() -> Stores:
    s3: Any = boto3.client("s3", config=_CONFIG)
    return Stores(
        table(),
        DynamoRecords(table()),
        S3Files(s3, os.environ["ASSETS_BUCKET"], ThreadPoolExecutor(SIDE_BY_SIDE)),
        S3Manifests(s3, os.environ["MANIFESTS_BUCKET"]),
    )


def services(user: str, guard: Guard) -> Services:
    """What one request's operation may use."""
    kept = stores()
    return Services(user, guard, kept.records, kept.files, kept.manifests, now)


def facts(domain_name: str) -> ServiceFacts:
    """The open facts; the API is where the request came to, unless the stage names another address."""
    return ServiceFacts(
        region=os.environ["AWS_REGION"],
        api_url=os.environ.get("API_URL", f"https://{domain_name}"),
        user_pool_id=os.environ["USER_POOL_ID"],
        client_id=os.environ["CLIENT_ID"],
    )


def idempotency_client() -> Any:
    return boto3.client("dynamodb", config=_CONFIG)


def now() -> datetime:
    return datetime.now(UTC)
