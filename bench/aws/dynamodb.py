"""DynamoDB in memory: one table of plain values, and the few expressions that the store uses."""

import json
import re
from typing import Any

from botocore.exceptions import ClientError

from bench.aws.meter import Meter, metered

Item = dict[str, Any]

PAGE_BYTES = 1024**2
# One term of a condition: a path of names, and the value that stands there.
EQUAL = r"(#\w+(?:\.#\w+)*) = (:\w+)"


class ConditionalCheckFailed(ClientError):  # type: ignore[misc]
    pass


class DynamoExceptions:
    ConditionalCheckFailedException = ConditionalCheckFailed


class FakeDynamo:
    """Items by partition and sort key; indexes are not there, nothing measured reads one."""

    exceptions = DynamoExceptions

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.items: dict[str, dict[str, Item]] = {}

    @metered
    def get_item(self, *, Key: Item, **_table: Any) -> Item:  # noqa: N803
        found = self._get(Key)
        return {} if found is None else {"Item": dict(found)}

    @metered
    def batch_get_item(self, *, RequestItems: Item) -> Item:  # noqa: N803
        ((table, request),) = RequestItems.items()
        found = [self._get(key) for key in request["Keys"]]
        return {"Responses": {table: [dict(item) for item in found if item is not None]}}

    @metered
    def put_item(self, *, Item: Item, **_table: Any) -> Item:  # noqa: N803
        self._put(Item)
        return {}

    @metered
    def batch_write_item(self, *, RequestItems: Item) -> Item:  # noqa: N803
        for requests in RequestItems.values():
            if len(requests) > 25:
                raise ClientError({"Error": {"Code": "ValidationException"}}, "BatchWriteItem")
            for request in requests:
                if "PutRequest" in request:
                    self._put(request["PutRequest"]["Item"])
                else:
                    self._delete(request["DeleteRequest"]["Key"])
        return {}

    @metered
    def delete_item(self, *, Key: Item, **request: Any) -> Item:  # noqa: N803
        if not _holds(self._get(Key), request):
            raise ConditionalCheckFailed({"Error": {"Code": "ConditionalCheckFailedException"}}, "DeleteItem")
        self._delete(Key)
        return {}

    @metered
    def query(
        self,
        *,
        ExpressionAttributeValues: Item,  # noqa: N803
        ScanIndexForward: bool = True,  # noqa: N803
        Limit: int | None = None,  # noqa: N803
        ExclusiveStartKey: Item | None = None,  # noqa: N803
        **_table: Any,
    ) -> Item:
        """A partition, from `ExclusiveStartKey` on, up to `Limit` items or 1 MB."""
        values = ExpressionAttributeValues
        partition, prefix = self.items.get(values[":p"], {}), values.get(":s", "")
        names = sorted((name for name in partition if name.startswith(prefix)), reverse=not ScanIndexForward)
        if ExclusiveStartKey is not None:
            start = ExclusiveStartKey["SK"]
            names = [name for name in names if (name > start if ScanIndexForward else name < start)]
        found: list[Item] = []
        room = PAGE_BYTES
        for name in names:
            room -= _size(partition[name])
            found.append(dict(partition[name]))
            if room <= 0 or len(found) == Limit:
                return {"Items": found, "LastEvaluatedKey": {"PK": values[":p"], "SK": name}}
        return {"Items": found}

    @metered
    def update_item(self, *, Key: Item, **request: Any) -> Item:  # noqa: N803
        if not _holds(self._get(Key), request):
            raise ConditionalCheckFailed({"Error": {"Code": "ConditionalCheckFailedException"}}, "UpdateItem")
        self._update(Key, request)
        return {}

    @metered
    def transact_write_items(self, *, TransactItems: list[Item]) -> Item:  # noqa: N803
        actions = [next(iter(action.items())) for action in TransactItems]
        held = [_holds(self._get(request.get("Key") or request["Item"]), request) for _, request in actions]
        if not all(held):
            reasons = [{"Code": "None" if ok else "ConditionalCheckFailed"} for ok in held]
            error = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
            raise ClientError(error, "TransactWriteItems")
        for kind, request in actions:
            if kind == "Put":
                self._put(request["Item"])
            elif kind == "Update":
                self._update(request["Key"], request)
            elif kind == "Delete":
                self._delete(request["Key"])
        return {}

    def _get(self, key: Item) -> Item | None:
        return self.items.get(key["PK"], {}).get(key["SK"])

    def _delete(self, key: Item) -> None:
        self.items.get(key["PK"], {}).pop(key["SK"], None)

    def _put(self, item: Item) -> None:
        self.meter.wrote(_size(item), _size(item))
        self.items.setdefault(item["PK"], {})[item["SK"]] = item

    def _update(self, key: Item, request: Item) -> None:
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        item = dict(self._get(key) or key)
        for name, value in re.findall(r"(#\w+) = (:\w+)", request["UpdateExpression"]):
            item[names[name]] = values[value]
        if request["UpdateExpression"].startswith("ADD "):
            for name, value in re.findall(r"(#\w+) (:\w+)", request["UpdateExpression"]):
                old, added = item.get(names[name]), values[value]
                item[names[name]] = (
                    added if old is None else old | added if isinstance(old, set) else old + added
                )
        self.meter.wrote(_size(values), 0)
        self.items.setdefault(key["PK"], {})[key["SK"]] = item


def _at(item: Item, path: str, names: dict[str, str]) -> Any:
    """What the item has at a path of names, None for nothing."""
    held: Any = item
    for name in path.split("."):
        held = (held or {}).get(names[name])
    return held


def _holds(item: Item | None, request: Item) -> bool:
    """Whether the request's condition holds for the stored item; ValueError for one not known here."""
    condition: str | None = request.get("ConditionExpression")
    if condition is None:
        return True
    if condition in {"attribute_not_exists(PK)", "attribute_exists(PK)"}:
        return (item is None) == (condition == "attribute_not_exists(PK)")
    names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
    if match := re.fullmatch(r"NOT contains\((#\w+), (:\w+)\)", condition):
        return bool(values[match[2]] not in ((item or {}).get(names[match[1]]) or ()))
    if match := re.fullmatch(r"(#\w+) IN \(([:\w, ]+)\)", condition):
        allowed = [values[name] for name in match[2].split(", ")]
        return bool(item is not None and item.get(names[match[1]]) in allowed)
    if re.fullmatch(rf"{EQUAL}(?: AND {EQUAL})*", condition):
        terms = re.findall(EQUAL, condition)
        return all(_at(item or {}, path, names) == values[name] for path, name in terms)
    raise ValueError(f"The fake does not know the condition {condition}.")


def _size(item: Item) -> int:
    return len(json.dumps(item, default=list, separators=(",", ":")).encode())
