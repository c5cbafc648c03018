"""What DynamoDB keeps of an item, and the sizes that it allows: of keys, of items, of numbers."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.simulation.faults import error

MAX_PARTITION, MAX_SORT, MAX_ITEM = 2048, 1024, 400 * 1024
MAX_DIGITS = 38
TOO_LARGE = "Item size to update has exceeded the maximum allowed size"


def check_keys(name: str, some: Iterable[tuple[str, str]]) -> None:
    """As a call with such a key fails, whatever is there."""
    for partition, sort in some:
        if not 0 < len(partition.encode()) <= MAX_PARTITION or not 0 < len(sort.encode()) <= MAX_SORT:
            raise error("ValidationException", 400, name, "One or more parameter values were invalid")


def fits(item: dict[str, Any]) -> bool:
    return size(item) <= MAX_ITEM


def size(value: Any) -> int:
    """About as DynamoDB counts: names and values, some bytes around each that lies in another one."""
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        return 3 + sum(1 + size(name) + size(one) for name, one in value.items())
    if isinstance(value, list | tuple):
        return 3 + sum(1 + size(one) for one in value)
    if isinstance(value, set | frozenset):
        return sum(size(one) for one in value)
    if isinstance(value, Decimal):
        assert len(value.as_tuple().digits) <= MAX_DIGITS, f"{value} has too many digits to be stored"
        return 21
    return 1


def stored(value: Any) -> Any:
    """A copy, as DynamoDB keeps it: numbers are decimals, a set is never empty, a text is Unicode."""
    if isinstance(value, str):
        value.encode()
        return value
    if value is None or isinstance(value, bool | bytes | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, dict):
        return {str(name): stored(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [stored(one) for one in value]
    assert isinstance(value, set | frozenset) and value, f"{value!r} can't be stored"
    return {stored(one) for one in value}


def copied(item: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = stored(item)
    return copy
