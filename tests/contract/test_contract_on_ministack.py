"""The contract of the table once more, over the emulator that the whole system runs on."""

from collections.abc import Iterator

import boto3
import pytest

from local.aws import client
from local.emulator import CREDENTIALS, emulator
from tests.contract.suite import TestListings, TestProperties, TestRecords, database_id, head, twelve
from tests.support.aws import make_table
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
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": endpoint}.items():
                patch.setenv(name, value)
            make_table()
            dynamodb = boto3.resource("dynamodb").meta.client
        s3 = client("s3", endpoint)
        for bucket in ("assets", "manifests"):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket="assets", VersioningConfiguration={"Status": "Enabled"})
        yield AwsStore(dynamodb, s3, "table", "assets", "manifests")
