"""As in the unit tests, a lost race is retried without a pause."""

import pytest


@pytest.fixture(autouse=True)
def _at_once(no_pauses: None) -> None:
    """In all tests here."""
