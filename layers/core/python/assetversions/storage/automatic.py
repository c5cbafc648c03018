"""Versions that make themselves: what waits, as an item of the asset in DynamoDB, and messages in SQS."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import asdict

from assetversions.domain.automatic import Failed, Turn, Waiting
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text, to_version
from assetversions.storage.dynamodb.table import Cancelled, Table

# Sends a message, held back for so many seconds at most.
Send = Callable[[str, float], None]


class AutomaticVersions:
    """The `Automatic` port."""

    def __init__(self, table: Table, send: Send) -> None:
        self._table = table
        self._send = send

    def get(self, ref: AssetRef) -> Waiting | None:
        return _waiting(self._table.get(_key(ref)))

    def shown(self, asset: Asset) -> tuple[Version | None, Waiting | None]:
        ref, wanted = asset.ref, [_key(asset.ref)]
        if asset.current is not None:
            wanted.append(keys.version(ref.database_id, ref.asset_id, asset.current))
        waiting, *version = self._table.get_many(wanted)
        return next((to_version(ref, item) for item in version if item is not None), None), _waiting(waiting)

    def wait(self, ref: AssetRef, due: datetime, mark: str) -> None:
        self._table.write(self._table.set(_key(ref), {"due": time_text(due), "mark": mark}))

    def send(self, ref: AssetRef, turn: Turn, after: timedelta) -> None:
        self._send(json.dumps(asdict(ref) | turn._asdict()), after.total_seconds())

    def done(self, ref: AssetRef, mark: str) -> None:
        try:
            self._table.write(self._table.delete_if(_key(ref), {"mark": mark}))
        except Cancelled:
            self._table.update_existing(_key(ref), "failed", None)

    def fail(self, ref: AssetRef, mark: str, failed: Failed) -> None:
        reason = {"failed": {"reason": failed.reason, "at": time_text(failed.at)}}
        with suppress(Cancelled):
            self._table.write(self._table.set_known(_key(ref), reason, {"mark": mark}))


def read_message(body: str) -> tuple[AssetRef, Turn]:
    """What `send` has sent."""
    said: dict[str, Any] = json.loads(body)
    return AssetRef(said["database_id"], said["asset_id"]), Turn(said["mark"], said["attempt"])


def _key(ref: AssetRef) -> keys.Key:
    return keys.auto_version(ref.database_id, ref.asset_id)


def _waiting(item: Item | None) -> Waiting | None:
    if item is None:
        return None
    failed = item.get("failed")
    reason = None if failed is None else Failed(failed["reason"], time_of(failed["at"]))
    return Waiting(time_of(item["due"]), item["mark"], reason)
