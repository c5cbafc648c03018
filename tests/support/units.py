"""What DynamoDB bills for what is asked of the table: calls by name, read units and write units."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import Any
from unittest.mock import patch

from assetversions.storage.dynamodb.table import Table

from tests.simulation.values import size

READ_BYTES, WRITE_BYTES = 4_096, 1_024
Item = dict[str, Any]


class Units:
    """Reads are strongly consistent; a write is billed where its condition fails, too."""

    def __init__(self, table: Table) -> None:
        self._client, self._name = table.client, table.name
        self._get: Callable[..., Item] = table.client.get_item
        self.begin()

    def begin(self) -> None:
        self.calls, self.read, self.written = Counter[str](), 0, 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        names = ("get_item", "batch_get_item", "query", "put_item", "update_item", "delete_item")
        some: dict[str, Any] = {
            name: self._counted(name) for name in (*names, "batch_write_item", "transact_write_items")
        }
        with patch.multiple(self._client, **some):
            yield

    def _counted(self, name: str) -> Callable[..., Any]:
        call = getattr(self._client, name)

        def called(**asked: Any) -> Any:
            self.calls[name] += 1
            before = [self._bytes(one) for one in _written(name, asked)]
            try:
                reply = call(**asked)
            finally:
                after = [self._bytes(one) for one in _written(name, asked)]
                times = 2 if name == "transact_write_items" else 1
                self.written += times * sum(
                    _units(max(both), WRITE_BYTES) for both in zip(before, after, strict=True)
                )
            self.read += _read(name, asked, reply)
            return reply

        return called

    def _bytes(self, key: Item) -> int:
        found = self._get(TableName=self._name, Key=key, ConsistentRead=True).get("Item")
        return 0 if found is None else size(found)


def _units(count: int, each: int) -> int:
    return max(ceil(count / each), 1)


def _read(name: str, asked: Item, reply: Mapping[str, Any]) -> int:
    if name == "get_item":
        return _units(size(reply.get("Item") or {}), READ_BYTES)
    if name == "query":
        return _units(sum(size(item) for item in reply["Items"]), READ_BYTES)
    if name == "batch_get_item":
        ((table, wanted),) = asked["RequestItems"].items()
        found = reply["Responses"].get(table, [])
        missing = len(wanted["Keys"]) - len(found)
        return missing + sum(_units(size(item), READ_BYTES) for item in found)
    return 0


def _written(name: str, asked: Item) -> list[Item]:
    """The keys that a call writes to."""
    if name in ("put_item", "update_item", "delete_item"):
        return [_key(asked)]
    if name == "transact_write_items":
        return [_key(request) for action in asked["TransactItems"] for request in action.values()]
    if name == "batch_write_item":
        ((_, rows),) = asked["RequestItems"].items()
        return [_key(request) for row in rows for request in row.values()]
    return []


def _key(request: Item) -> Item:
    whole = request.get("Key") or request["Item"]
    return {name: whole[name] for name in ("PK", "SK")}
