"""The fakes tell the truth: one suite over them and over moto."""

from collections.abc import Iterator

import boto3
import pytest

from tests.contract.aws import moto_aws
from tests.contract.stores import AwsStore, FakeStore, Store
from tests.contract.suite import TestFiles, TestManifests, TestRecords, head, ref, uid

__all__ = ["TestFiles", "TestManifests", "TestRecords", "head", "ref", "uid"]


@pytest.fixture(params=["fakes", "moto"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    if request.param == "fakes":
        yield FakeStore()
        return
    with moto_aws():
        dynamodb = boto3.resource("dynamodb").meta.client
        yield AwsStore(dynamodb, boto3.client("s3"), "table", "assets", "manifests")
