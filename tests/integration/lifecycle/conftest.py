"""A fresh world for each test; a lost race is retried without a pause."""

from collections.abc import Iterator

import pytest
from assetversions.engine import commit
from moto import mock_aws

from tests.support.moto_world import World


@pytest.fixture(autouse=True)
def _no_real_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0] * 5))


@pytest.fixture
def world() -> Iterator[World]:
    with mock_aws():
        yield World()
