"""The contract of the table once more, over the emulator that the whole system runs on."""

from collections.abc import Iterator

import boto3
import pytest

from local.aws import client
from local.emulator import REGION, emulator
from tests.contract.suite import TestListings, TestProperties, TestRecords, database_id, head, twelve
from tests.support.aws import make_stores
from tests.support.stores import AwsStore, Store

__all__ = [
    "TestListings",
    "TestProperties",
    "TestRecords",
    "database_id",
    "head",
    "twelve",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all tests here: each works on assets and databases of its own."""
    with emulator(tmp_path_factory.mktemp("ministack")) as endpoint:
        dynamodb, s3 = client("dynamodb", endpoint), client("s3", endpoint)
        make_stores(dynamodb, s3)
        table = boto3.Session("test", "test", region_name=REGION).resource("dynamodb", endpoint_url=endpoint)
        yield AwsStore(table.meta.client, s3, "table", "assets", "manifests")
