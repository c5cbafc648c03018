"""Versions that make themselves, as the operations need them: what waits for an asset, and the messages."""

from datetime import datetime, timedelta
from typing import Protocol

from assetversions.domain.automatic import Failed, Turn, Waiting
from assetversions.domain.model import Asset, AssetRef, Version


class Automatic(Protocol):
    """What waits is on record at the asset; a message comes when it may be due, or too early, or twice."""

    def get(self, ref: AssetRef) -> Waiting | None:
        """None where nothing waits and nothing has failed."""

    def shown(self, asset: Asset) -> tuple[Version | None, Waiting | None]:
        """The version that an asset points at, and what waits to become the next, in one reading."""

    def wait(self, ref: AssetRef, due: datetime, mark: str) -> None:
        """Let this mark take the place of the one before; a failure on record stays."""

    def send(self, ref: AssetRef, turn: Turn, after: timedelta) -> None:
        """Send a message; it may come before `after`, where that is long."""

    def done(self, ref: AssetRef, mark: str) -> None:
        """Forget what failed, and what waits, unless that is another mark by now."""

    def fail(self, ref: AssetRef, mark: str, failed: Failed) -> None:
        """Keep why, unless another mark waits by now."""
