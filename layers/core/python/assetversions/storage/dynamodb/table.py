"""The one DynamoDB table: paged to the end, unprocessed keys asked for again, reasons read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from assetversions.domain.errors import TooLarge
from assetversions.storage.attempts import attempts
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Actions, Item

# Reasons of a cancelled transaction that say: try again later.
OVERLOADED = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"})
# Those of a transaction that only came at a bad moment.
PASSING = OVERLOADED | {"None", "TransactionConflict"}
PASSING_WRITE = OVERLOADED | {"TransactionConflict", "Throttling"}
# The reason that says: what was asked for does not hold.
CONDITION_FAILED = "ConditionalCheckFailed"
# How DynamoDB begins to say that an item would be.
_TOO_LARGE = "Item size"
BATCH_GET_LIMIT = 100
BATCH_WRITE_LIMIT = 25

Row = TypeVar("Row")


class Cancelled(Exception):
    """A transaction that did not happen; `codes` are DynamoDB's reasons, one for each action in order."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@contextmanager
def refused_as(error: Exception) -> Iterator[None]:
    """Raise this where a condition of what is written inside does not hold."""
    try:
        yield
    except Cancelled as cancelled:
        if CONDITION_FAILED not in cancelled.codes:
            raise
        raise error from cancelled


def at_least_a_batch(page: int) -> int:
    """How many places a query of a list reads: what is hidden must not cost a query each."""
    return max(page, BATCH_GET_LIMIT)


def batches(rows: Iterator[Row], first: int) -> Iterator[list[Row]]:
    """As many rows as are wanted `first`; then, where those were hidden, as many as one request takes."""
    size = min(first, BATCH_GET_LIMIT)
    while batch := list(islice(rows, size)):
        yield batch
        size = BATCH_GET_LIMIT


class Table(Actions):
    """`client` speaks plain Python values."""

    def __init__(self, client: Any, name: str) -> None:
        super().__init__(name)
        self.client = client

    def get(self, key: keys.Key) -> Item | None:
        item: Item | None = self.client.get_item(TableName=self.name, Key=key, ConsistentRead=True).get(
            "Item"
        )
        return item

    def get_many(self, wanted: Sequence[keys.Key]) -> list[Item | None]:
        """The items under these keys, in their order, None where there is none."""
        found: dict[tuple[str, str], Item] = {}
        each = list({(key[keys.PARTITION], key[keys.SORT]): key for key in wanted}.values())
        for start in range(0, len(each), BATCH_GET_LIMIT):
            for item in self._batch(each[start : start + BATCH_GET_LIMIT]):
                found[item[keys.PARTITION], item[keys.SORT]] = item
        return [found.get((key[keys.PARTITION], key[keys.SORT])) for key in wanted]

    def query(
        self,
        partition: str,
        *,
        prefix: str = "",
        between: tuple[str, str] | None = None,
        after: keys.Key | None = None,
        newest_first: bool = False,
        page: int | None = None,
    ) -> Iterator[Item]:
        """Every item of a partition whose sort key begins with `prefix` or is between two, query by query."""
        if between is not None and between[0] > between[1]:
            return  # DynamoDB refuses to look
        condition, values = "", {}
        if prefix:
            condition, values = "begins_with(#s, :s)", {":s": prefix}
        elif between is not None:
            condition, values = "#s BETWEEN :from AND :to", {":from": between[0], ":to": between[1]}
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": "#p = :p" + (f" AND {condition}" if condition else ""),
            "ExpressionAttributeNames": {"#p": keys.PARTITION} | ({"#s": keys.SORT} if condition else {}),
            "ExpressionAttributeValues": {":p": partition} | values,
            "ScanIndexForward": not newest_first,
            "ConsistentRead": True,
        }
        if page:
            request["Limit"] = page
        while True:
            if after:
                request["ExclusiveStartKey"] = after
            reply = self.client.query(**request)
            yield from reply["Items"]
            after = reply.get("LastEvaluatedKey")
            if not after:
                return

    def add_once(self, key: keys.Key, counter: str, amount: int, members: str, member: int) -> None:
        """Add to a counter unless this member was counted before."""
        update = {
            "TableName": self.name,
            "Key": key,
            "UpdateExpression": "ADD #c :n, #m :set",
            "ConditionExpression": "NOT contains(#m, :one)",
            "ExpressionAttributeNames": {"#c": counter, "#m": members},
            "ExpressionAttributeValues": {":n": amount, ":set": {member}, ":one": member},
        }
        with suppress(Cancelled):  # counted already: that is what was asked for
            self.write({"Update": update})

    def count(self, partition: str, prefix: str) -> int:
        """How many items of a partition have a sort key that begins with `prefix`; none is sent."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            Select="COUNT",
            KeyConditionExpression="#p = :p AND begins_with(#s, :s)",
            ExpressionAttributeNames={"#p": keys.PARTITION, "#s": keys.SORT},
            ExpressionAttributeValues={":p": partition, ":s": prefix},
            ConsistentRead=True,
        )
        return sum(page["Count"] for page in pages)

    def put_many(self, some: Sequence[Item]) -> None:
        """Store these items, whatever was there; what DynamoDB leaves undone is sent again."""
        for start in range(0, len(some), BATCH_WRITE_LIMIT):
            puts = [{"PutRequest": {"Item": item}} for item in some[start : start + BATCH_WRITE_LIMIT]]
            self._write({self.name: puts})

    def delete_many(self, some: Sequence[keys.Key]) -> None:
        """Remove these items, if they are there; what DynamoDB leaves undone is sent again."""
        for start in range(0, len(some), BATCH_WRITE_LIMIT):
            deletes = [{"DeleteRequest": {"Key": key}} for key in some[start : start + BATCH_WRITE_LIMIT]]
            self._write({self.name: deletes})

    def update_existing(self, key: keys.Key, attribute: str, value: object) -> None:
        """Set an attribute of an item; nothing where the item is no longer there."""
        update = {
            "TableName": self.name,
            "Key": key,
            "UpdateExpression": "SET #a = :a",
            "ConditionExpression": f"attribute_exists({keys.PARTITION})",
            "ExpressionAttributeNames": {"#a": attribute},
            "ExpressionAttributeValues": {":a": value},
        }
        with suppress(Cancelled):
            self.write({"Update": update})

    def transact(self, actions: Sequence[Mapping[str, Any]]) -> None:
        """All of the actions or none; Cancelled with the reason for each, TooLarge as `write` says."""
        try:
            self.client.transact_write_items(TransactItems=list(actions))
        except ClientError as error:
            _refuse_growth(error)
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            reasons = error.response.get("CancellationReasons", [])
            raise Cancelled([reason.get("Code", "None") for reason in reasons]) from error

    def insist(self, actions: Sequence[Mapping[str, Any]]) -> None:
        """As `transact`, tried again while others work on one of the items; Busy where that does not end."""
        for _ in attempts():
            try:
                self.transact(actions)
            except Cancelled as cancelled:
                if not set(cancelled.codes) <= PASSING:
                    raise
            else:
                return

    def write(self, action: Mapping[str, Any]) -> None:
        """One action by itself, which others at work on the item hold up less than a transaction would be.

        Cancelled where its condition fails, Busy where the load or the others do not end.
        TooLarge for an item of more than 400 KB.
        """
        ((kind, request),) = action.items()
        write = {
            "Put": self.client.put_item,
            "Update": self.client.update_item,
            "Delete": self.client.delete_item,
        }
        for _ in attempts():
            try:
                write[kind](**request)
            except ClientError as error:
                _refuse_growth(error)
                code = error.response["Error"]["Code"].removesuffix("Exception")
                if code == CONDITION_FAILED:
                    raise Cancelled([code]) from error
                if code not in PASSING_WRITE:
                    raise
            else:
                return

    def written(self, action: Mapping[str, Any]) -> bool:
        """Write it; whether its condition held."""
        try:
            self.write(action)
        except Cancelled:
            return False
        return True

    def _batch(self, wanted: Sequence[keys.Key]) -> Iterator[Item]:
        request: dict[str, Any] = {self.name: {"Keys": list(wanted), "ConsistentRead": True}}
        for _ in attempts():
            reply = self.client.batch_get_item(RequestItems=request)
            yield from reply["Responses"].get(self.name, [])
            request = reply.get("UnprocessedKeys") or {}
            if not request:
                return

    def _write(self, request: dict[str, Any]) -> None:
        for _ in attempts():
            request = self.client.batch_write_item(RequestItems=request).get("UnprocessedItems") or {}
            if not request:
                return


def _refuse_growth(error: ClientError) -> None:
    """TooLarge where that is what DynamoDB says; it counts what is there already, which nobody else knows."""
    response: Any = error.response
    told = [response["Error"], *response.get("CancellationReasons", ())]
    if any((one.get("Message") or "").startswith(_TOO_LARGE) for one in told):
        raise TooLarge(
            "There is no room for more here: one record holds 400 KB. Nothing was changed; send less."
        ) from error
