"""The Lambda behind the table's stream: what happened, in order, to the buses; the rest is parked."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct, field

from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.outbox import KINDS, Told, with_named
from assetversions.domain.policy import PolicyEvent
from assetversions.runtime import cloud_events, outward, subscribers, wiring
from assetversions.runtime.environment import setting
from assetversions.runtime.fan_out import fan_out
from assetversions.storage.bus import Outgoing
from assetversions.storage.dynamodb import index_keys, items, keys, outbox

# A message of the queue has 256 KB, and says more than what it keeps.
MOST_KEPT = 200_000

# What a record raises that is not as we write them; what the table raises may pass.
WRONG = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)

Record = dict[str, Any]

logger = Logger()


class Batch(Struct):
    """Records of one shard, in order. `unreadable` says why, by the sequence number of the record."""

    records: Sequence[Record]
    told: dict[str, Told | PolicyEvent] = field(default_factory=dict)
    assets: dict[AssetRef, Asset] = field(default_factory=dict)
    outgoing: list[Outgoing] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """What each record tells, and how it is said: a fault in one of them is its own."""
        for record in self.records:
            try:
                self.told[number(record)] = outbox.read(record, wiring.table())
            except WRONG as error:
                self._leave_out(number(record), error)
        self.assets = _assets({told.ref for told in self.told.values() if isinstance(told, Told)})
        for mark, told in list(self.told.items()):
            try:
                self.outgoing += self._said(mark, told)
            except WRONG as error:
                self._leave_out(mark, error)

    def _leave_out(self, mark: str, error: Exception) -> None:
        self.told.pop(mark, None)
        self.unreadable[mark] = f"{type(error).__name__}: {error}"

    def _said(self, mark: str, told: Told | PolicyEvent) -> list[Outgoing]:
        """In the order in which it is said."""
        if isinstance(told, PolicyEvent):
            said = [(setting("POLICY_BUS"), cloud_events.of_policy(told))]
        elif told.ref not in self.assets:
            raise LookupError(f"There is no asset {told.ref.database_id}/{told.ref.asset_id}.")
        elif told.event.kind not in KINDS or not isinstance(told.event.rev, int):
            raise ValueError("It is no event that anybody knows, or has no revision.")
        else:
            uid = self.assets[told.ref].uid
            said = [(setting("EVENT_BUS"), cloud_events.of_asset(one, uid)) for one in with_named(told)]
        return [Outgoing(mark, bus, event, json.dumps(event, ensure_ascii=False)) for bus, event in said]

    def before(self, failed: str | None) -> dict[str, Told | PolicyEvent]:
        """What is told, up to the record that comes again."""
        return dict(takewhile(lambda one: one[0] != failed, self.told.items()))

    def of_assets(self, failed: str | None) -> Iterator[tuple[str, Told]]:
        for mark, told in self.before(failed).items():
            if isinstance(told, Told):
                yield from ((mark, one) for one in with_named(told))


def _assets(named: Collection[AssetRef]) -> dict[AssetRef, Asset]:
    """As they are now, or were when they were deleted."""
    table = wiring.table()
    heads = table.get_many([keys.head(ref.database_id, ref.asset_id) for ref in named])
    found = {asset.ref: asset for asset in map(items.to_asset, filter(None, heads))}
    gone = [index_keys.last(ref.database_id, ref.asset_id) for ref in named if ref not in found]
    last = map(items.to_asset, filter(None, table.get_many(gone)))
    return found | {asset.ref: asset for asset in last}


def number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


@logger.inject_lambda_context(clear_state=True)
def handler(event: Record, _context: Any) -> Record:
    """Lambda sends anew from the record that is named on, and parks it when it has tried for long enough."""
    batch = Batch(event["Records"])
    batch.read()
    failed = _publish(batch)
    deliveries = fan_out(batch.of_assets(failed), batch.assets)
    subscribers.tell(batch.before(failed).values())
    logger.info("Published", records=len(batch.records), deliveries=deliveries, failed=failed)
    return {"batchItemFailures": [{"itemIdentifier": failed}] if failed else []}


def _publish(batch: Batch) -> str | None:
    """The first record that may be taken when it is sent again; what will never be is parked."""
    failed, final = None, dict(batch.unreadable)
    try:
        for refused in outward.bus().put(batch.outgoing):
            mark = refused.outgoing.mark
            failed = failed or (mark if refused.passing else None)
            if not refused.passing:
                final[mark] = refused.reason
    except (ClientError, BotoCoreError):
        # Which of them were taken is not known: all of them go out again.
        logger.exception("The bus can't be reached")
        failed = number(batch.records[0])
    _park(batch.records, final, failed)
    return failed


def _park(records: Iterable[Record], reasons: dict[str, str], failed: str | None) -> None:
    """Up to the one that comes again, with all behind it."""
    for record in records:
        if number(record) == failed:
            return
        if reason := reasons.get(number(record)):
            logger.error("An event was parked", reason=reason, keys=record["dynamodb"].get("Keys"))
            outward.park(_kept(record, reason))


def _kept(record: Record, reason: str) -> str:
    whole = json.dumps({"reason": reason, "record": record}, default=str)
    if len(whole.encode()) <= MOST_KEPT:
        return whole
    named = {"eventID": record.get("eventID"), "dynamodb": {"Keys": record["dynamodb"].get("Keys")}}
    return json.dumps({"reason": reason, "record": named})
