"""A reply as API Gateway takes it from a function; a large one is packed, for clients that can unpack it."""

import base64
import gzip
import json
from typing import Any

from assetversions.dialects.common.http import MAX_PLAIN_BYTES, Reply, check_room, takes_gzip


def gateway_reply(reply: Reply, event: dict[str, Any]) -> dict[str, Any]:
    """TooLarge where the body fits packed alone, and the client takes no gzip."""
    kind = {} if reply.body is None else {"Content-Type": "application/json"}
    headers = {**kind, "Cache-Control": "no-store", **reply.headers}
    if isinstance(reply.body, bytes):
        plain = base64.b64encode(reply.body).decode()
        return {"statusCode": reply.status, "headers": headers, "body": plain, "isBase64Encoded": True}
    if event.get("routeKey", "").startswith("HEAD "):
        return {"statusCode": reply.status, "headers": headers, "body": ""}
    body = reply.body if isinstance(reply.body, str) else _json(reply.body)
    answer = {"statusCode": reply.status, "headers": headers, "body": body}
    # The answer is JSON, too, and the body a text in it: its quotation marks count twice.
    size = len(body.encode()) + body.count('"') + body.count("\\")
    sent = event.get("headers") or {}
    if size <= (reply.packed_above if takes_gzip(sent) else MAX_PLAIN_BYTES):
        return answer
    check_room(size, sent)
    packed = base64.b64encode(gzip.compress(body.encode(), compresslevel=6)).decode()
    headers = headers | {"Content-Encoding": "gzip"}
    return answer | {"headers": headers, "body": packed, "isBase64Encoded": True}


def _json(body: Any) -> str:
    return "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
