"""A fresh world for each test; a lost race is retried without a pause."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.support.aws import ENVIRONMENT
from tests.support.moto_world import MotoWorld


@pytest.fixture(autouse=True)
def _at_once_and_on_no_real_aws(monkeypatch: pytest.MonkeyPatch, no_pauses: None) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def world() -> Iterator[MotoWorld]:
    with mock_aws():
        yield MotoWorld()
