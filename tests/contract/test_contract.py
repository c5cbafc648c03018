"""The fakes tell the truth: one suite over them, over the simulation's AWS, and over moto."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import boto3
import pytest
from assetversions.runtime.aws import table_client
from botocore.config import Config

from tests.contract.files_as_of_suite import NextSecond
from tests.contract.suite import (
    TestAliases,
    TestAutomatic,
    TestContents,
    TestFiles,
    TestFilesInTime,
    TestHistory,
    TestJournal,
    TestListings,
    TestLives,
    TestManifests,
    TestProperties,
    TestRecords,
    TestSubscriptions,
    database_id,
    head,
    ref,
    timed_ref,
    twelve,
    uid,
)
from tests.contract.uploads_suite import TestUploads as Uploads
from tests.simulation.aws import ASSETS, MANIFESTS, TABLE, Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support.aws import moto_aws
from tests.support.stores import AwsStore, FakeStore, Store

__all__ = [
    "TestAliases",
    "TestAutomatic",
    "TestContents",
    "TestFiles",
    "TestFilesInTime",
    "TestHistory",
    "TestJournal",
    "TestListings",
    "TestLives",
    "TestManifests",
    "TestProperties",
    "TestRecords",
    "TestSubscriptions",
    "database_id",
    "head",
    "ref",
    "timed_ref",
    "twelve",
    "uid",
]


class Clock:
    """Goes on a little with every look at it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def naive(self) -> datetime:
        return self.now().replace(tzinfo=None)

    def next_second(self) -> datetime:
        self.moment = self.moment.replace(microsecond=0) + timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def next_second(clock: Clock) -> NextSecond:
    return clock.next_second


def simulated(clock: Clock) -> Store:
    """In pages of three."""
    scheduler = Scheduler(0)
    account = Account(scheduler, Weather(scheduler), now=clock.now, page=3)
    return AwsStore(account.dynamo, account.s3, TABLE, ASSETS, MANIFESTS)


@pytest.fixture(params=["fakes", "simulation", "moto"])
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    if request.param == "fakes":
        yield FakeStore(clock.now)
        return
    if request.param == "simulation":
        yield simulated(clock)
        return
    with moto_aws(), patch("moto.s3.models.utcnow", clock.naive):
        yield AwsStore(
            table_client(Config()), boto3.client("s3"), "table", "assets", "manifests", "studio/files/"
        )


class TestUploads(Uploads):
    """Over the fakes alone: moto dates and places an upload by its end, as S3 does not."""

    @pytest.fixture(params=["fakes", "simulation"])
    def store(self, request: pytest.FixtureRequest, clock: Clock) -> Store:
        return FakeStore(clock.now) if request.param == "fakes" else simulated(clock)
