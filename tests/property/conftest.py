"""As in the unit tests, a lost race is retried without a pause."""

from tests.unit.conftest import _no_pauses

__all__ = ["_no_pauses"]
