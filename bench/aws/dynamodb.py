"""DynamoDB in memory: one table of plain values, without an index, as the stack makes it."""

from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from bench.aws.meter import Meter, metered
from tests.simulation.expressions import Given, holds, updated
from tests.simulation.values import size

Item = dict[str, Any]

PAGE_BYTES = 1024**2
BATCH = 25


class ConditionalCheckFailed(ClientError):  # type: ignore[misc]
    pass


class DynamoExceptions:
    ConditionalCheckFailedException = ConditionalCheckFailed


class FakeDynamo:
    """Items by partition and sort key. All reads count as consistent; no write has an index to write, too."""

    exceptions = DynamoExceptions

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.items: dict[str, dict[str, Item]] = {}

    @metered
    def get_item(self, *, Key: Item, **_table: Any) -> Item:  # noqa: N803
        found = self._read([Key])
        return {"Item": found[0]} if found else {}

    @metered
    def batch_get_item(self, *, RequestItems: Item) -> Item:  # noqa: N803
        ((table, request),) = RequestItems.items()
        return {"Responses": {table: self._read(request["Keys"])}, "UnprocessedKeys": {}}

    @metered
    def put_item(self, **request: Any) -> Item:
        return self._alone("Put", request)

    @metered
    def update_item(self, **request: Any) -> Item:
        return self._alone("Update", request)

    @metered
    def delete_item(self, **request: Any) -> Item:
        return self._alone("Delete", request)

    @metered
    def batch_write_item(self, *, RequestItems: Item) -> Item:  # noqa: N803
        for requests in RequestItems.values():
            if len(requests) > BATCH:
                raise ClientError({"Error": {"Code": "ValidationException"}}, "BatchWriteItem")
            for request in requests:
                ((kind, about),) = request.items()
                self._write(kind.removesuffix("Request"), about)
        return {"UnprocessedItems": {}}

    @metered
    def query(
        self,
        *,
        ExpressionAttributeValues: Item,  # noqa: N803
        ScanIndexForward: bool = True,  # noqa: N803
        Limit: int | None = None,  # noqa: N803
        ExclusiveStartKey: Item | None = None,  # noqa: N803
        Select: str = "",  # noqa: N803
        **_table: Any,
    ) -> Item:
        """A partition, from `ExclusiveStartKey` on, up to `Limit` items or 1 MB."""
        partition = self.items.get(ExpressionAttributeValues[":p"], {})
        names = sorted(_within(partition, ExpressionAttributeValues), reverse=not ScanIndexForward)
        if ExclusiveStartKey is not None:
            start = ExclusiveStartKey["SK"]
            names = [name for name in names if (name > start if ScanIndexForward else name < start)]
        found: list[Item] = []
        read, more = 0, False
        for name in names:
            if more := read >= PAGE_BYTES or len(found) == Limit:
                break
            read += size(partition[name])
            found.append(dict(partition[name]))
        self.meter.read_items(read)
        reply: Item = {"Count": len(found)} | ({} if Select == "COUNT" else {"Items": found})
        last = {name: found[-1][name] for name in ("PK", "SK")} if more else None
        return reply | ({"LastEvaluatedKey": last} if last else {})

    @metered
    def transact_write_items(self, *, TransactItems: list[Item], **_token: Any) -> Item:  # noqa: N803
        actions = [next(iter(action.items())) for action in TransactItems]
        held = [self._holds(request) for _, request in actions]
        if not all(held):
            reasons = [{"Code": "None" if ok else "ConditionalCheckFailed"} for ok in held]
            error = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
            raise ClientError(error, "TransactWriteItems")
        for kind, request in actions:
            self._write(kind, request, times=2)
        return {}

    def get_paginator(self, _query: str) -> "Queries":
        return Queries(self)

    def _get(self, key: Item) -> Item | None:
        return self.items.get(key["PK"], {}).get(key["SK"])

    def _read(self, some: list[Item]) -> list[Item]:
        """Each is counted by itself."""
        found = [self._get(key) for key in some]
        for item in found:
            self.meter.read_items(size(item or {}))
        return [dict(item) for item in found if item is not None]

    def _holds(self, request: Item) -> bool:
        return holds(self._get(request.get("Key") or request["Item"]), request, Given(request))

    def _alone(self, kind: str, request: Item) -> Item:
        if not self._holds(request):
            error = {"Error": {"Code": "ConditionalCheckFailedException"}}
            raise ConditionalCheckFailed(error, f"{kind}Item")
        self._write(kind, request)
        return {}

    def _write(self, kind: str, request: Item, times: int = 1) -> None:
        """What counts is the larger of the item before and after."""
        key = request.get("Key") or request["Item"]
        before = self._get(key)
        after = {"Put": request.get("Item"), "Delete": None}.get(kind, before)
        if kind == "Update":
            after = updated(before or dict(key), request, Given(request))
            self.meter.wrote(size(request.get("ExpressionAttributeValues", {})), 0)
        elif kind == "Put":
            self.meter.wrote(size(after), size(after))
        self.meter.write_item(max(size(before or {}), size(after or {})), times)
        if after is None:
            self.items.get(key["PK"], {}).pop(key["SK"], None)
        else:
            self.items.setdefault(key["PK"], {})[key["SK"]] = after


class Queries:
    def __init__(self, dynamo: FakeDynamo) -> None:
        self._dynamo = dynamo

    def paginate(self, **request: Any) -> Iterable[Item]:
        while True:
            reply = self._dynamo.query(**request)
            yield reply
            if "LastEvaluatedKey" not in reply:
                return
            request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]


def _within(names: Iterable[str], values: Item) -> list[str]:
    """The sort keys that the query's other condition lets through: a beginning, or from one to another."""
    if ":from" in values:
        return [name for name in names if values[":from"] <= name <= values[":to"]]
    return [name for name in names if name.startswith(values.get(":s", ""))]
