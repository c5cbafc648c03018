"""Moves the clock of a version that waits until its files have been quiet for long enough."""

from datetime import UTC, datetime, timedelta

from assetversions.domain.automatic import Turn
from assetversions.domain.model import AssetRef
from assetversions.storage.automatic import AutomaticVersions
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.table import Cancelled

from local.deploy import STACK
from local.system import System
from tests.system.arriving import table, until
from tests.system.client import Asset


class Quiet:
    """The silence after what was done to an asset's files; over at once, as often as it is told so."""

    def __init__(self, system: System, asset: Asset) -> None:
        self._ref = AssetRef(asset.database_id, asset.asset_id)
        self._table, self._sqs = table(system), system.client("sqs")
        (stack,) = system.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        (arn,) = (one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == "Turns")
        self._queue = self._sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
        self._versions = AutomaticVersions(self._table, self._send)
        self._ended: set[str] = set()

    def lasts(self) -> timedelta:
        """For how long yet, if nothing more changes."""
        waiting = self._versions.get(self._ref)
        assert waiting is not None
        return waiting.due - datetime.now(UTC)

    def is_over(self) -> None:
        """As soon as a version waits: what waits is due now, and so is its message."""
        until(self._ends, "a version waits for quiet")

    def _ends(self) -> bool:
        waiting = self._versions.get(self._ref)
        if waiting is None or waiting.mark in self._ended:
            return False
        key = keys.auto_version(self._ref.database_id, self._ref.asset_id)
        now = {"due": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()}
        try:
            self._table.write(self._table.set_known(key, now, {"mark": waiting.mark}))
        except Cancelled:
            return False  # more has changed meanwhile
        self._ended.add(waiting.mark)
        self._versions.send(self._ref, Turn(waiting.mark), timedelta())
        return True

    def _send(self, body: str, after: float) -> None:
        self._sqs.send_message(QueueUrl=self._queue, MessageBody=body, DelaySeconds=int(after))
