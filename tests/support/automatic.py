"""The `Automatic` port in memory; messages lie there until a test takes them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from assetversions.domain.automatic import Failed, Turn, Waiting
from assetversions.domain.model import Asset, AssetRef, Version
from msgspec.structs import replace

from tests.support.faults import Faults
from tests.support.records import FakeRecords


class Message(NamedTuple):
    ref: AssetRef
    turn: Turn
    after: timedelta


class FakeAutomatic:
    def __init__(self, faults: Faults, records: FakeRecords) -> None:
        self._faults = faults
        self._records = records
        self._waiting: dict[AssetRef, Waiting] = {}
        self.messages: list[Message] = []

    def get(self, ref: AssetRef) -> Waiting | None:
        self._faults.step()
        return self._waiting.get(ref)

    def shown(self, asset: Asset) -> tuple[Version | None, Waiting | None]:
        current = self._records.version(asset.ref, asset.current) if asset.current else None
        return current, self._waiting.get(asset.ref)

    def wait(self, ref: AssetRef, due: datetime, mark: str) -> None:
        self._faults.step()
        before = self._waiting.get(ref)
        self._waiting[ref] = Waiting(due, mark, before.failed if before else None)

    def send(self, ref: AssetRef, turn: Turn, after: timedelta) -> None:
        self._faults.step()
        self.messages.append(Message(ref, turn, after))

    def done(self, ref: AssetRef, mark: str) -> None:
        self._faults.step()
        found = self._waiting.get(ref)
        if found is not None and found.mark == mark:
            del self._waiting[ref]
        elif found is not None:
            self._waiting[ref] = replace(found, failed=None)

    def fail(self, ref: AssetRef, mark: str, failed: Failed) -> None:
        self._faults.step()
        found = self._waiting.get(ref)
        if found is not None and found.mark == mark:
            self._waiting[ref] = replace(found, failed=failed)
