"""One asset with seeded files in the fake S3 and DynamoDB, and what a measurement may change of it."""

import pickle
from typing import Any

from bench.aws.dynamodb import FakeDynamo
from bench.aws.meter import Meter
from bench.aws.objects import Objects
from bench.aws.s3 import FakeS3

DATABASE = "bench"
ASSET = "asset"
BUCKET = "files"
PREFIX = f"{DATABASE}/{ASSET}/"


class World:
    def __init__(self, files: int) -> None:
        self.meter = Meter()
        self.s3 = FakeS3(self.meter, Objects(PREFIX, files))
        self.dynamo = FakeDynamo(self.meter)

    def change(self, count: int) -> list[str]:
        """Overwrite this many files, evenly spread."""
        keys = self.spread(count)
        for number, key in enumerate(keys):
            self.s3.objects.write(key, 2_000 + number, f"{number:032x}")
        return keys

    def spread(self, count: int) -> list[str]:
        keys = self.s3.objects.seeded
        return [keys[number * len(keys) // count] for number in range(count)]

    def state(self) -> bytes:
        return pickle.dumps((self.s3.objects, self.s3.blobs, self.dynamo.items))

    def restore(self, state: bytes) -> None:
        self.s3.objects, self.s3.blobs, self.dynamo.items = pickle.loads(state)  # noqa: S301


class Variant:
    """What is measured: each operation as one request, on versions numbered from 1."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_asset(self) -> None:
        raise NotImplementedError

    def create(self) -> Any:
        raise NotImplementedError

    def list_page(self) -> Any:
        """The newest versions, 100 of them."""
        raise NotImplementedError

    def get(self, number: int) -> Any:
        """A version with its first 1,000 files."""
        raise NotImplementedError

    def compare(self, left: int, right: int) -> Any:
        raise NotImplementedError

    def revert(self, number: int) -> Any:
        raise NotImplementedError

    def chunks(self) -> int:
        """How many chunks the newest version's manifest has, or the one that it is a delta to."""
        return 0

    def delta(self) -> bool:
        """Whether the newest version's manifest is a delta."""
        return False
