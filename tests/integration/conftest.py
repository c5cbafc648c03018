"""The same account and client as the contract tests have."""

from tests.contract.conftest import calls, s3

__all__ = ["calls", "s3"]
