"""A fresh world for each test; a lost race is retried without a pause."""

import pytest
from assetversions.engine import commit

from tests.support import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0] * 5))
