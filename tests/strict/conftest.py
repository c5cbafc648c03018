"""The emulator under test, as strict as AWS; with STRICT_OFF in the environment, the emulator as it comes."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from local.emulator import emulator
from tests.strict import without

KIND = "STRICT_OFF" in os.environ


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at the run without patches comes last: the run goes on beside the others."""
    items.sort(key=without.looks)


@pytest.fixture(scope="session", autouse=True)
def without_patches(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[without.Run | None]:
    """The same tests on the emulator as it comes, begun with the first of them if one is to look at it."""
    items = request.session.items
    if not any(map(without.looks, items)):
        yield None
        return
    report = tmp_path_factory.mktemp("without") / "report.xml"
    with without.running(report, without.files(items)) as run:
        yield run


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
