"""DynamoDB's key sizes where the emulator does not look: in indexes, transactions and reads."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from ministack.services import dynamodb

from local.strict.patching import wrap

Answer = tuple[int, dict[str, str], bytes]
Values = dict[str, Any]


def apply() -> None:
    wrap(dynamodb, "_index_key_empty_reason", index_keys_have_sizes)
    wrap(dynamodb, "_transact_write_items", transactions_have_key_sizes)
    wrap(dynamodb, "_transact_get_items", transactions_have_key_sizes)
    wrap(dynamodb, "_query", queries_have_key_sizes)
    wrap(dynamodb, "_scan", queries_have_key_sizes)


def index_keys_have_sizes(
    reason: Callable[..., str | None], table: Values, item: Values, update_expr: bool = False
) -> str | None:
    """What an index is keyed by has the sizes of keys too: partition 2,048 bytes, sort 1,024 bytes.

    DynamoDB Developer Guide, "Quotas in Amazon DynamoDB: partition keys and sort keys".
    """
    for index in table.get("GlobalSecondaryIndexes") or []:
        partition, sort, _ = dynamodb._resolve_index_keys(table, index["IndexName"])
        error = dynamodb._key_length_error(item, partition, sort)
        if error:
            return f"{_message(error)}, IndexName: {index['IndexName']}"
    return reason(table, item, update_expr=update_expr)


def transactions_have_key_sizes(transact: Callable[[Values], Answer], data: Values) -> Answer:
    """The keys of updates, deletes, checks and reads in a transaction have the same sizes as elsewhere.

    DynamoDB Developer Guide, "Quotas in Amazon DynamoDB: partition keys and sort keys".
    """
    for item in data.get("TransactItems") or []:
        for action in item.values():
            key = action.get("Key") or {}
            error = _sizes(_table(action), None, key) or _emptiness(key)
            if error:
                return error
    return transact(data)


def queries_have_key_sizes(read: Callable[[Values], Answer], data: Values) -> Answer:
    """A key too long to exist can't be asked for either: in a key condition, or as the place to go on from.

    DynamoDB Developer Guide, "Quotas in Amazon DynamoDB: partition keys and sort keys".
    """
    table, index, start = _table(data), data.get("IndexName"), data.get("ExclusiveStartKey") or {}
    error = _sizes(table, None, start) or _sizes(table, index, start) or _emptiness(start)
    for name, value in _operands(data):
        error = error or _sizes(table, index, {name: value})
    return error or read(data)


def _table(data: Values) -> Values | None:
    return dynamodb._tables.get(dynamodb._normalize_table_name(data.get("TableName")))  # type: ignore[no-any-return]


def _sizes(table: Values | None, index: str | None, key: Values) -> Answer | None:
    if not table:
        return None
    partition, sort, _ = dynamodb._resolve_index_keys(table, index)
    return dynamodb._key_length_error(key, partition, sort)  # type: ignore[no-any-return]


def _emptiness(key: Values) -> Answer | None:
    found = (dynamodb._empty_key_value_error(name, value) for name, value in key.items())
    return next((error for error in found if error), None)


def _operands(data: Values) -> Iterator[tuple[str, Any]]:
    """What a key condition compares: name and value."""
    names = data.get("ExpressionAttributeNames") or {}
    values = data.get("ExpressionAttributeValues") or {}
    compared = ""
    for kind, text in dynamodb._tokenize(data.get("KeyConditionExpression") or ""):
        if kind == "VALUE_REF":
            yield compared, values.get(text)
        elif kind == "NAME_REF":
            compared = names.get(text, "")
        elif kind == "IDENT" and text.upper() not in ("AND", "BETWEEN", "BEGINS_WITH"):
            compared = text


def _message(error: Answer) -> str:
    found = json.loads(error[2])
    return str(found.get("message") or found.get("Message"))
