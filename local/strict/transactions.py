"""Transactions of DynamoDB that take their time, so that what meets on an item conflicts."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import dynamodb

from local.strict.patching import wrap

# AWS says no time; it is long enough here for requests that are sent at once to meet.
SECONDS = 0.02
WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
Answer = tuple[int, dict[str, str], bytes]
Item = tuple[str, str, str]

in_flight: set[Item] = set()


def apply() -> None:
    wrap(dynamodb, "handle_request", what_meets_conflicts)


async def what_meets_conflicts(
    handle: Callable[..., Awaitable[Answer]],
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
    query_params: dict[str, Any],
) -> Answer:
    """While a transaction goes on, its items (condition checks included) take no write and no transaction.

    DynamoDB Developer Guide, "Transactional API conflict handling".
    """
    action = headers.get("x-amz-target", "").rpartition(".")[2]
    items = list(_items(action, body))
    if any(item in in_flight for item in items):
        return _conflict(action, items)
    if action != "TransactWriteItems":
        return await handle(method, path, headers, body, query_params)
    in_flight.update(items)
    try:
        await asyncio.sleep(SECONDS)
        return await handle(method, path, headers, body, query_params)
    finally:
        in_flight.difference_update(items)


def _items(action: str, body: bytes) -> Iterator[Item]:
    if action in WRITES:
        yield _item(json.loads(body))
    elif action in ("TransactWriteItems", "TransactGetItems"):
        for member in json.loads(body).get("TransactItems") or []:
            yield from (_item(operation) for operation in member.values())


def _item(operation: dict[str, Any]) -> Item:
    """Which item it is about. In another account or Region it may look like one of ours: there is but one."""
    name = operation.get("TableName", "")
    table = dynamodb._tables.get(name) or {}
    key = operation.get("Key") or operation.get("Item") or {}
    partition, sort = (key.get(table.get(part) or "") for part in ("pk_name", "sk_name"))
    return name, json.dumps(partition), json.dumps(sort)


def _conflict(action: str, items: list[Item]) -> Answer:
    if action in WRITES:
        message = "Transaction is ongoing for the item"
        return error_response_json("TransactionConflictException", message, 400)  # type: ignore[no-any-return]
    codes = ["TransactionConflict" if item in in_flight else "None" for item in items]
    listed = ", ".join(codes)
    body = {
        "__type": "TransactionCanceledException",
        "message": (
            f"Transaction cancelled, please refer cancellation reasons for specific reasons [{listed}]"
        ),
        "CancellationReasons": [_reason(code) for code in codes],
    }
    headers = {
        "Content-Type": "application/x-amz-json-1.0",
        "x-amzn-errortype": "TransactionCanceledException",
    }
    return 400, headers, json.dumps(body).encode()


def _reason(code: str) -> dict[str, str]:
    if code == "None":
        return {"Code": code}
    return {"Code": code, "Message": "Transaction is ongoing for the item"}
