"""The table's stream, as Lambda hands it to a function: what the filters let through, in order."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from assetversions.storage.dynamodb import keys, outbox
from boto3.dynamodb.types import TypeSerializer
from botocore.exceptions import ClientError

Item = dict[str, Any]
Key = tuple[str, str]
Record = dict[str, Any]


class Stream:
    """What has been written since it was made, or read last."""

    def __init__(self, items: Callable[[], Mapping[Key, Item]]) -> None:
        self._items = items
        self._numbers = count(1)
        self._seen = dict(self._items())

    def records(self) -> list[Record]:
        """Of one call, items in the order of their keys: DynamoDB promises none within a transaction."""
        now = dict(self._items())
        found = [
            record(next(self._numbers), self._seen.get(key), item)
            for key, item in sorted(now.items())
            if item != self._seen.get(key)
        ]
        self._seen = now
        return [one for one in found if is_wanted(one)]


def record(number: int, before: Item | None, after: Item) -> Record:
    """Of an item that is new, or changed."""
    changed = {
        "Keys": _image({name: after[name] for name in (keys.PARTITION, keys.SORT)}),
        "NewImage": _image(after),
        "SequenceNumber": f"{number:021d}",
    }
    if before is not None:
        changed["OldImage"] = _image(before)
    return {"eventName": "INSERT" if before is None else "MODIFY", "dynamodb": changed}


def is_wanted(one: Record) -> bool:
    """Whether Lambda hands it to our function."""
    return any(passes(one, pattern) for pattern in outbox.FILTERS)


def passes(record: Any, pattern: Mapping[str, Any]) -> bool:
    """Lambda Developer Guide, "Control which events Lambda sends to your function": filter rule syntax."""
    return all(
        passes(record.get(name) or {}, wanted)
        if isinstance(wanted, Mapping)
        else any(_meets(name in record, record.get(name), rule) for rule in wanted)
        for name, wanted in pattern.items()
    )


def _meets(there: bool, value: Any, rule: Any) -> bool:
    if not isinstance(rule, Mapping):
        return bool(value == rule)
    ((kind, wanted),) = rule.items()
    return {
        "exists": lambda: there == wanted,
        "prefix": lambda: there and str(value).startswith(wanted),
        "anything-but": lambda: there and value not in wanted,
    }[kind]()


def _image(item: Item) -> Item:
    serialize = TypeSerializer().serialize
    return {name: serialize(value) for name, value in item.items()}


class Buses:
    """EventBridge: what was put, by bus; it answers as `refuse` says, an error code for an event's type."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Item]] = []
        self.refuse: dict[str, str] = {}
        self.down = False

    def put_events(self, Entries: list[Item]) -> Item:
        if self.down:
            raise ClientError({"Error": {"Code": "ServiceUnavailable"}}, "PutEvents")
        return {"Entries": list(self._answers(Entries))}

    def _answers(self, entries: list[Item]) -> Iterator[Item]:
        assert 0 < len(entries) <= 10
        for entry in entries:
            code = self.refuse.get(entry["DetailType"])
            if code is None:
                self.events.append((entry["EventBusName"], entry))
                yield {"EventId": "1"}
            else:
                yield {"ErrorCode": code, "ErrorMessage": "because"}
