"""A fresh world for each test; a lost race is retried without a pause."""

import pytest

from tests.support.aws import ENVIRONMENT
from tests.support.aws_world import MemoryWorld


@pytest.fixture(autouse=True)
def _at_once_and_on_no_real_aws(monkeypatch: pytest.MonkeyPatch, no_pauses: None) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def world() -> MemoryWorld:
    return MemoryWorld()
