"""Receipts in the table: an item that the transaction that does a request's work stores only if it is new."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from assetversions.domain.errors import DoneBefore
from assetversions.domain.once import KEPT_FOR, Begun, Once, Receipt
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of, time_text
from assetversions.storage.dynamodb.table import CONDITION_FAILED, Cancelled, Table

# An item holds 400 KB.
MAX_BYTES = 300_000
Actions = Sequence[Mapping[str, Any]]


class DynamoReceipts:
    """The `Receipts` port."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, once: Once) -> Once | Receipt | None:
        """As `read` says."""
        return read(self._table.get(key(once)), once.asked_at)

    def begin(self, once: Once, before: str, at: datetime) -> None:
        """If nobody has begun since `once` was read."""
        item = _item(once) | {"before": before, "begun_at": time_text(at)}
        free = "attribute_not_exists(begun_at)"
        seen = {}
        if once.begun is not None:
            free, seen = "begun_at = :seen", {":seen": time_text(once.begun.at)}
        self._write(_put(self._table, item, f"(attribute_not_exists(kind) AND {free})", seen))

    def add(self, receipt: Receipt) -> None:
        self._write(put(self._table, receipt))

    def _write(self, action: Mapping[str, Any]) -> None:
        try:
            self._table.write(action)
        except Cancelled as cancelled:
            raise DoneBefore from cancelled


def together(
    table: Table, actions: Actions, receipt: Receipt | None, transact: Callable[[Actions], None] | None = None
) -> None:
    """The actions and the receipt, all or none. Cancelled with the codes of the actions, then the receipt's.

    DoneBefore where there is a receipt already.
    """
    if receipt is None and transact is None and len(actions) == 1:
        return table.write(actions[0])
    first = [] if receipt is None else [put(table, receipt)]
    try:
        (transact or table.insist)([*first, *actions])
    except Cancelled as cancelled:
        if first and cancelled.codes[0] == CONDITION_FAILED:
            raise DoneBefore from cancelled
        raise Cancelled([*cancelled.codes[len(first) :], *cancelled.codes[: len(first)]]) from cancelled


def put(table: Table, receipt: Receipt) -> Item:
    """The action that stores a receipt where there is none."""
    item = _item(receipt.once) | {"kind": "none"}
    if receipt.result is not None:
        # Slow to import, and few requests have a key.
        from assetversions.storage.dynamodb import receipt_results

        item["kind"], result = receipt_results.to_json(receipt.result)
        body = zlib.compress(result)
        item |= {"result": body} if len(body) <= MAX_BYTES else {}
    return _put(table, item, "attribute_not_exists(kind)", {})


def key(once: Once) -> keys.Key:
    return keys.receipt(once.name)


def read(item: Item | None, now: datetime) -> Once | Receipt | None:
    """What is known of a key: the receipt, or that work has begun; None also for what is out of date.

    DynamoDB may take days to remove what has expired.
    """
    if item is None or int(item[keys.EXPIRES]) <= now.timestamp():
        return None
    begun = Begun(item["before"], time_of(item["begun_at"])) if "before" in item else None
    until = datetime.fromtimestamp(int(item[keys.EXPIRES]), now.tzinfo)
    once = Once(item[keys.PARTITION].removeprefix(keys.ONCE_PREFIX), item["request"], until, begun)
    if "kind" not in item:
        return once
    if "result" not in item:
        return Receipt(once, None)
    from assetversions.storage.dynamodb import receipt_results

    return Receipt(once, receipt_results.of_json(item["kind"], zlib.decompress(bytes(item["result"]))))


def _item(once: Once) -> Item:
    return {**key(once), keys.EXPIRES: int(once.until.timestamp()), "request": once.request}


def _put(table: Table, item: Item, condition: str, values: Item) -> Item:
    """What is out of date is as good as gone."""
    now = item[keys.EXPIRES] - int(KEPT_FOR.total_seconds())
    return {
        "Put": {
            "TableName": table.name,
            "Item": item,
            "ConditionExpression": f"{condition} OR #e <= :now",
            "ExpressionAttributeNames": {"#e": keys.EXPIRES},
            "ExpressionAttributeValues": values | {":now": now},
        }
    }
