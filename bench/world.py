"""One asset with seeded files in S3 and DynamoDB in memory, and what a measurement may change of it."""

import os
import pickle
from abc import ABC, abstractmethod
from functools import cache, partial
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3
from assetversions.runtime import wiring
from botocore.config import Config

from bench.aws import rest, table
from bench.aws.dynamodb import FakeDynamo
from bench.aws.meter import Meter
from bench.aws.s3 import FILES, FakeS3
from bench.aws.wire import ACCOUNT, Wire
from bench.place import change, seeded, spread

BUCKET = FILES
TABLE = "table"
SIDE_BY_SIDE = 32


class Clients(NamedTuple):
    s3: Any
    dynamo: Any


class World:
    """`wire` leads the real clients here, where it is plugged in; `direct` is without them."""

    def __init__(self, files: int) -> None:
        self.meter = Meter()
        self.s3 = FakeS3(self.meter, seeded(files))
        self.dynamo = FakeDynamo(self.meter)
        self.wire = Wire(self.meter, partial(rest.answer, self.s3), partial(table.answer, self.dynamo))

    @property
    def direct(self) -> Clients:
        return Clients(self.s3, self.dynamo)

    def change(self, count: int) -> list[str]:
        return change(self.s3.objects, count)

    def spread(self, count: int) -> list[str]:
        return spread(self.s3.objects, count)

    def state(self) -> bytes:
        return pickle.dumps((self.s3.objects, self.s3.blobs, self.dynamo.items))

    def restore(self, state: bytes) -> None:
        self.s3.objects, self.s3.blobs, self.dynamo.items = pickle.loads(state)  # noqa: S301


@cache
def products_clients() -> Clients:
    """As the product's functions make them."""
    with patch.dict(os.environ, ACCOUNT | {"TABLE_NAME": TABLE}):
        return Clients(wiring.s3(), wiring.table().client)


@cache
def usual_clients() -> Clients:
    """As anybody makes them."""
    config = Config(max_pool_connections=SIDE_BY_SIDE)
    with patch.dict(os.environ, ACCOUNT):
        dynamo = boto3.resource("dynamodb", config=config).meta.client
        return Clients(boto3.client("s3", config=config), dynamo)


class Variant(ABC):
    """What is measured: each operation as one request, which may be `deferred`; versions count from 1."""

    deferred = False

    def __init__(self, world: World, clients: Clients | None = None) -> None:
        self.world = world
        self.s3, self.dynamo = clients or world.direct

    @abstractmethod
    def add_asset(self) -> None: ...

    @abstractmethod
    def create(self) -> Any: ...

    @abstractmethod
    def get(self, number: int) -> Any:
        """A version with its first 1,000 files."""

    @abstractmethod
    def compare(self, left: int, right: int) -> Any: ...

    @abstractmethod
    def revert(self, number: int) -> Any: ...

    def chunks(self) -> int:
        """How many chunks the newest version's manifest has, or the one that it is a delta to."""
        return 0

    def held(self) -> int:
        """How many files the newest version holds, where that is told."""
        return 0

    def delta(self) -> bool:
        """Whether the newest version's manifest is a delta."""
        return False
