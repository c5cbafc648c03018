"""DynamoDB's replies in its JSON, byte for byte, out of the table in memory."""

import json
from typing import Any
from zlib import crc32

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from bench.aws.dynamodb import FakeDynamo
from bench.aws.rest import Answer, Asked

TARGET = "x-amz-target"
# Where items, or parts of them, stand in requests and replies.
ITEMS = {"Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey", "LastEvaluatedKey"}
LISTS = {"Keys", "Items"}
_typed, _plain = TypeSerializer().serialize, TypeDeserializer().deserialize


def answer(dynamo: FakeDynamo, asked: Asked) -> tuple[str, Answer]:
    """The operation that was asked for, and what DynamoDB says."""
    name = asked.headers[TARGET].partition(".")[2]
    call = getattr(dynamo, "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:])
    try:
        reply = _told(call(**_read(json.loads(asked.body))))
    except ClientError as error:
        reasons = error.response.get("CancellationReasons")
        code = error.response["Error"]["Code"]
        told = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": code}
        return name, _answer(400, told | ({"CancellationReasons": reasons} if reasons else {}))
    return name, _answer(200, reply)


def _answer(status: int, told: Any) -> Answer:
    body = json.dumps(told, separators=(",", ":")).encode()
    headers = {
        "Server": "Server",
        "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
        "Content-Type": "application/x-amz-json-1.0",
        "Content-Length": str(len(body)),
        "x-amzn-RequestId": "UJ9MSHN2E8VFA3JRBR7LUJOP3BVV4KQNSO5AEMVJF66Q9ASUAAJG",
        "x-amz-crc32": str(crc32(body)),
    }
    return Answer(status, headers, body)


def _read(request: Any) -> Any:
    """With plain values for typed ones."""
    return _each(request, lambda item: {name: _plain(value) for name, value in item.items()})


def _told(reply: Any) -> Any:
    """With typed values for plain ones; what stands under a table's name is a list of items."""
    reply = dict(reply)
    if responses := reply.pop("Responses", None):
        reply["Responses"] = {table: [_item(item) for item in found] for table, found in responses.items()}
    return reply | _each({name: value for name, value in reply.items() if name != "Responses"}, _item)


def _item(item: Any) -> Any:
    return {name: _typed(value) for name, value in item.items()}


def _each(found: Any, change: Any) -> Any:
    if isinstance(found, list):
        return [_each(one, change) for one in found]
    if not isinstance(found, dict):
        return found
    return {name: _changed(name, value, change) for name, value in found.items()}


def _changed(name: str, value: Any, change: Any) -> Any:
    if name in ITEMS:
        return change(value)
    if name in LISTS:
        return [change(one) for one in value]
    return _each(value, change)
