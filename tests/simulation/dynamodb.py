"""A resource's client of DynamoDB in memory, as strict as AWS: every call is a step."""

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from assetversions.storage.dynamodb import keys
from botocore.exceptions import ClientError

from tests.simulation.expressions import Given, holds, updated
from tests.simulation.faults import Weather, error
from tests.simulation.pieces import Pieces
from tests.simulation.scheduler import Scheduler
from tests.simulation.values import TOO_LARGE, check_keys, copied, fits, stored

Item = dict[str, Any]
Reply = dict[str, Any]
Key = tuple[str, str]
# Hears of an item before and after.
Written = Callable[[list[tuple[Key, Item | None, Item | None]]], None]
OVERLOADED = "ProvisionedThroughputExceeded"
CONFLICT = "TransactionConflict"
FAILED = "ConditionalCheckFailed"


class ConditionalCheckFailedException(ClientError):
    """As a client's own `exceptions` have it."""


class Dynamo:
    """One table. `page` is how many items a query reads at once; `written` hears of all that changes."""

    exceptions = SimpleNamespace(ConditionalCheckFailedException=ConditionalCheckFailedException)

    def __init__(
        self, scheduler: Scheduler, weather: Weather, page: int = 1000, written: Written | None = None
    ) -> None:
        self._scheduler = scheduler
        self._weather = weather
        self._pieces = Pieces(scheduler, "DynamoDB")
        self._page = page
        self._written = written
        self.items: dict[Key, Item] = {}

    def get_item(self, TableName: str, Key: Item, ConsistentRead: bool = False) -> Reply:
        assert ConsistentRead
        key = _key(Key)

        def get() -> Reply:
            return {"Item": copied(self.items[key])} if key in self.items else {}

        return self._call("GetItem", [key], get)

    def put_item(self, TableName: str, Item: Item, **condition: Any) -> Reply:
        return self._single("PutItem", "Put", {"Item": Item, **condition})

    def update_item(self, TableName: str, Key: Item, **update: Any) -> Reply:
        return self._single("UpdateItem", "Update", {"Key": Key, **update})

    def delete_item(self, TableName: str, Key: Item, **condition: Any) -> Reply:
        return self._single("DeleteItem", "Delete", {"Key": Key, **condition})

    def batch_get_item(self, RequestItems: Mapping[str, Any]) -> Reply:
        ((table, wanted),) = RequestItems.items()
        assert wanted["ConsistentRead"] and 0 < len(wanted["Keys"]) <= 100
        found: list[Item] = []
        undone: list[Item] = []

        def one(key: Item) -> Callable[[], None]:
            def get() -> None:
                if self._weather.some():
                    undone.append(key)
                elif _key(key) in self.items:
                    found.append(copied(self.items[_key(key)]))

            return get

        def get_all() -> Reply:
            self._pieces.do([one(key) for key in wanted["Keys"]])
            left = {table: {**wanted, "Keys": undone}} if undone else {}
            return {"Responses": {table: found}, "UnprocessedKeys": left}

        assert len({_key(key) for key in wanted["Keys"]}) == len(wanted["Keys"])
        return self._call("BatchGetItem", map(_key, wanted["Keys"]), get_all)

    def batch_write_item(self, RequestItems: Mapping[str, Any]) -> Reply:
        ((table, wanted),) = RequestItems.items()
        assert 0 < len(wanted) <= 25
        undone: list[Item] = []

        def one(row: Item) -> Callable[[], None]:
            ((kind, request),) = row.items()

            def write() -> None:
                if self._weather.some():
                    undone.append(row)
                else:
                    self._apply([(kind.removesuffix("Request"), request)])

            return write

        def write_all() -> Reply:
            self._pieces.do([one(row) for row in wanted])
            return {"UnprocessedItems": {table: undone} if undone else {}}

        about = [_about(next(iter(row.values()))) for row in wanted]
        assert len(set(about)) == len(about)
        return self._call("BatchWriteItem", about, write_all, writes=True)

    def query(
        self,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeNames: dict[str, str],
        ExpressionAttributeValues: dict[str, Any],
        ScanIndexForward: bool = True,
        ConsistentRead: bool = False,
        Limit: int = 10**9,
        ExclusiveStartKey: Item | None = None,
        Select: str = "",
    ) -> Reply:
        assert ConsistentRead
        check_keys("Query", [] if ExclusiveStartKey is None else [_key(ExclusiveStartKey)])
        wanted, prefix = ExpressionAttributeValues[":p"], ExpressionAttributeValues.get(":s", "")
        # The one other condition that the product asks with: BETWEEN :from AND :to.
        first, last = (ExpressionAttributeValues.get(name) for name in (":from", ":to"))
        if first is not None and first > last:
            raise error("ValidationException", 400, "Query", "The BETWEEN operator requires upper bound …")

        def read() -> Reply:
            rows = [
                item
                for item in self.items.values()
                if item[keys.PARTITION] == wanted
                and item[keys.SORT].startswith(prefix)
                and (first is None or first <= item[keys.SORT] <= last)
            ]
            rows.sort(key=lambda item: item[keys.SORT], reverse=not ScanIndexForward)
            if ExclusiveStartKey is not None:
                seen = ExclusiveStartKey[keys.SORT]
                rows = [
                    row
                    for row in rows
                    if row[keys.SORT] != seen and (row[keys.SORT] > seen) is ScanIndexForward
                ]
            page = rows[: min(Limit, self._page)]
            more = {"LastEvaluatedKey": _place(page[-1])} if len(page) < len(rows) else {}
            count = {"Count": len(page)}
            return (count if Select == "COUNT" else count | {"Items": [copied(row) for row in page]}) | more

        return self._call("Query", [(wanted, f"{prefix}*")], read)

    def get_paginator(self, name: str) -> Any:
        assert name == "query"

        def paginate(**asked: Any) -> Iterable[Reply]:
            while True:
                reply = self.query(**asked)
                yield reply
                if "LastEvaluatedKey" not in reply:
                    return
                asked["ExclusiveStartKey"] = reply["LastEvaluatedKey"]

        return SimpleNamespace(paginate=paginate)

    def transact_write_items(self, TransactItems: list[Item]) -> Reply:
        actions = [next(iter(action.items())) for action in TransactItems]
        about = [_about(request) for _, request in actions]
        assert 0 < len(actions) <= 100 and len(set(about)) == len(about)
        done: list[bool] = []

        def transact() -> Reply:
            if done:  # botocore tries again with the same token
                return {}
            codes = [self._refusal(*action) for action in actions]
            if any(codes):
                raise self._cancelled(codes)
            self._apply(actions)
            done.append(True)
            return {}

        def refusal() -> Exception:
            return self._cancelled([OVERLOADED, *[None] * (len(actions) - 1)])

        def conflict() -> Exception:
            at = self._weather.random.randrange(len(actions))
            return self._cancelled([CONFLICT if index == at else None for index in range(len(actions))])

        return self._call(
            "TransactWriteItems", about, transact, writes=True, refusal=refusal, conflict=conflict
        )

    def _single(self, name: str, kind: str, request: Item) -> Reply:
        def write() -> Reply:
            refused = self._refusal(kind, request)
            if refused == FAILED:
                failed: Any = error("ConditionalCheckFailedException", 400, name).response
                raise ConditionalCheckFailedException(failed, name)
            if refused is not None:
                raise error("ValidationException", 400, name, TOO_LARGE)
            self._apply([(kind, request)])
            return {}

        def conflict() -> Exception:
            return error("TransactionConflictException", 400, name)

        return self._call(name, [_about(request)], write, writes=True, conflict=conflict)

    def _refusal(self, kind: str, request: Item) -> str | None:
        if not holds(self.items.get(_about(request)), request, Given(request)):
            return FAILED
        after = self._after(kind, request)
        return None if after is None or fits(after) else "ValidationError"

    def _after(self, kind: str, request: Item) -> Item | None:
        """What is there once this is done."""
        if kind == "Put":
            return dict(stored(request["Item"]))
        if kind == "Update":
            before = self.items.get(_about(request)) or dict(request["Key"])
            return dict(stored(updated(before, request, Given(request))))
        assert kind == "Delete"
        return None

    def _apply(self, actions: Iterable[tuple[str, Item]]) -> None:
        changes: list[tuple[Key, Item | None, Item | None]] = []
        for kind, request in actions:
            key = _about(request)
            before, after = self.items.get(key), self._after(kind, request)
            if after is None:
                self.items.pop(key, None)
            else:
                self.items[key] = after
            changes.append((key, before, after))
        if self._written is not None:
            self._written(changes)

    def _call(
        self,
        name: str,
        about: Iterable[Key],
        effect: Callable[[], Reply],
        *,
        writes: bool = False,
        refusal: Callable[[], Exception] | None = None,
        conflict: Callable[[], Exception] | None = None,
    ) -> Reply:
        some = frozenset(about)
        check_keys(name, some)
        what = f"{name} {', '.join(sorted(sort for _, sort in some))}"
        transaction = name == "TransactWriteItems"
        self._scheduler.step(some if writes else frozenset(), transaction)
        if conflict and self._scheduler.conflicts(some, transaction) and self._weather.meets():
            self._scheduler.note(what, "CONFLICT")
            raise conflict()
        process = self._scheduler.process

        def done() -> Reply:
            self._scheduler.tick_on()
            return self._scheduler.done_by(process, effect)

        def overloaded() -> Exception:
            return error(f"{OVERLOADED}Exception", 400, name, retries=4)

        return self._weather.strike(
            what, done, writes=writes, refusal=refusal or overloaded, again=self._scheduler.step
        )

    @staticmethod
    def _cancelled(codes: Iterable[str | None]) -> Exception:
        messages = {"ValidationError": {"Message": TOO_LARGE}}
        reasons = [{"Code": code or "None"} | messages.get(code or "", {}) for code in codes]
        return error("TransactionCanceledException", 400, "TransactWriteItems", CancellationReasons=reasons)


def _key(item: Item) -> Key:
    return item[keys.PARTITION], item[keys.SORT]


def _about(request: Item) -> Key:
    return _key(request.get("Key") or request["Item"])


def _place(item: Item) -> Item:
    return {name: item[name] for name in (keys.PARTITION, keys.SORT)}
