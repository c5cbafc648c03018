"""The receipts of requests under an `Idempotency-Key`, as the operations need them."""

from datetime import datetime
from typing import Protocol

from assetversions.domain.once import Once, Receipt


class Receipts(Protocol):
    """Receipts beside a transaction are given to the port that does the work; these stand alone."""

    def begin(self, once: Once, before: str, at: datetime) -> None:
        """Note that work on a file begins. DoneBefore if another attempt has begun since `once` was read."""

    def add(self, receipt: Receipt) -> None:
        """DoneBefore if there is one."""
