"""A fresh world for each test; a lost race is retried without a pause."""

import pytest

from tests.support import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _at_once(no_pauses: None) -> None:
    """In all tests here."""
