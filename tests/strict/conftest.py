"""The emulator under test, as strict as AWS; with STRICT_OFF in the environment, the emulator as it comes."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from local.emulator import emulator

KIND = "STRICT_OFF" in os.environ


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of one emulator for all tests here: each works on things of its own."""
    with emulator(tmp_path_factory.mktemp("engine"), kind=KIND) as endpoint:
        yield endpoint


@pytest.fixture
def s3(engine: str) -> Any:
    return client("s3", engine)


@pytest.fixture
def bucket(s3: Any) -> str:
    """A fresh bucket with versioning."""
    name = f"bucket-{uuid4()}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name
